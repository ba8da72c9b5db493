// Prints the types of the Metadata API (generated from its WSDL) as JSON: {name: {props, extends?}}.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const schema = require("@jsforce/jsforce-node/lib/api/metadata/schema.js");
console.log(JSON.stringify(schema.ApiSchemas));
