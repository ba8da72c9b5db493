// Prints the names of the standard value sets that the source-deploy-retrieve library knows, as a JSON list.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { fullnames } = require("@salesforce/source-deploy-retrieve/lib/src/registry/stdValueSetRegistry.json");
console.log(JSON.stringify(fullnames));
