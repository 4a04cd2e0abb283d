#!/usr/bin/env bash
# schema.sh SCHEMA.json FILE.json
#
# A JSON file against a JSON Schema. Prints each error, then `schema: N errors`. Exit 0 only when there is
# none; 1 when there is one; 2 when the file could not be checked.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 2 "SCHEMA.json FILE.json"
readable "$1"
readable "$2"
from=$tools/node/node_modules/@microsoft/jest-sarif
[ -d "$from" ] || die "the validator is missing: run tests/run.sh once, it installs it"
node=$(node_program)

limited 60 "$node" - "$(realpath "$1")" "$(realpath "$2")" "$from" <<'JS'
const fs = require("fs");
const [, , schema, file, from] = process.argv;
const Ajv = require(require.resolve("ajv", { paths: [from] }));
const read = (path) => JSON.parse(fs.readFileSync(path, "utf8"));
// The validator knows drafts up to 07; what our schemas use of 2020-12 (`$defs`) it reads by its place.
const { $schema, ...rules } = read(schema);
const ajv = new Ajv({ allErrors: true, unknownFormats: "ignore" });
const valid = ajv.validate(rules, read(file));
const errors = valid ? [] : ajv.errors;
for (const error of errors) console.log(`${error.dataPath}: ${error.message}`);
console.log(`schema: ${errors.length} errors`);
process.exit(valid ? 0 : 1);
JS
