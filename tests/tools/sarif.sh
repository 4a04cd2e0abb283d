#!/usr/bin/env bash
# sarif.sh FILE.sarif
#
# A SARIF log against the JSON Schema of SARIF 2.1.0 (as published with the OASIS standard) that
# @microsoft/jest-sarif carries. Prints each error, then `sarif: N errors`. Exit 0 only when there is
# none; 1 when there is one; 2 when the file could not be checked.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 1 "FILE.sarif"
readable "$1"
modules=$tools/node/node_modules
schema=$modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json
[ -f "$schema" ] || die "the SARIF schema is missing: run tests/run.sh once, it installs it"
node=$(node_program)

limited 60 "$node" - "$schema" "$(realpath "$1")" "$modules/@microsoft/jest-sarif" <<'JS'
const fs = require("fs");
const [, , schema, file, from] = process.argv;
const inside = (name) => require(require.resolve(name, { paths: [from] }));
const Ajv = inside("ajv");
const read = (path) => JSON.parse(fs.readFileSync(path, "utf8"));
// The schema is written in draft 04 of JSON Schema.
const ajv = new Ajv({ allErrors: true, format: "full", schemaId: "auto" });
ajv.addMetaSchema(inside("ajv/lib/refs/json-schema-draft-04.json"));
const valid = ajv.validate(read(schema), read(file));
const errors = valid ? [] : ajv.errors;
for (const error of errors) console.log(`${error.dataPath}: ${error.message}`);
console.log(`sarif: ${errors.length} errors`);
process.exit(valid ? 0 : 1);
JS
