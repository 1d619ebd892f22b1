// Holds data against the schemas of schemas/: node schema-check.cjs, with lines {"schema", "file", "data"} on stdin.
// Prints one line for each that does not fit, and leaves with 1 when there is one.
const fs = require("fs");
const path = require("path");
const Ajv = require("ajv/dist/2020");

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, allowMatchingProperties: true, validateFormats: false });
const validators = {};
for (const name of ["declaration", "commentary", "results"]) {
  const file = path.join(__dirname, "..", "schemas", `${name}.schema.json`);
  validators[name] = ajv.compile(JSON.parse(fs.readFileSync(file, "utf8")));
}

let wrong = 0;
let checked = 0;
for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { schema, file, data } = JSON.parse(line);
  const validate = validators[schema];
  checked += 1;
  if (!validate(data)) {
    wrong += 1;
    const reasons = validate.errors.map((error) => `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
    console.log(`REFUSED ${file}: ${reasons.join("; ")}`);
  }
}
console.log(`${checked} checked, ${wrong} refused`);
process.exitCode = wrong ? 1 : 0;
