/**
 * Which folder may import which: the table of docs/architecture.md as rules. `npm run directions` checks it.
 *
 * Imports of types count as imports. Tests (`*.test.ts`, `*.fixture.ts`, `test-support/`) may import what they like, and
 * nothing else may import them. dependency-cruiser does not know TypeScript 7, so it
 * reads with TypeScript 5; the compiler is `typescript-7`.
 */

// Without it nothing would be read, and everything would pass.
require.resolve("typescript");

const CORE = ["base", "facts", "findings", "techniques", "checks", "remedies"];

/** Folder under `src` -> folders that it may import. `cli` wires everything together. */
const MAY_IMPORT = {
  base: [],
  facts: ["base"],
  findings: ["base", "facts"],
  techniques: ["base", "facts", "findings"],
  checks: ["base", "facts", "findings"],
  remedies: ["base", "facts", "findings"],
  engine: ["base"],
  readers: ["base", "facts", "engine"],
  audit: ["base", "facts", "findings", "readers", "techniques", "checks", "remedies"],
  patch: ["base", "facts", "findings", "remedies"],
  policy: ["base", "facts", "findings", "techniques", "checks", "engine"],
  guard: ["base", "facts", "findings", "engine", "readers", "policy"],
  prove: ["base", "facts", "findings", "audit", "engine", "readers", "policy", "guard"],
  certs: ["base"],
  delivery: ["base"],
  decoy: ["base", "facts", "findings", "engine", "readers", "techniques"],
  detections: ["base", "facts", "findings", "engine"],
  watch: ["base", "facts", "findings", "engine", "readers", "detections", "audit"],
  minimize: ["base", "facts", "engine", "readers"],
  store: ["base", "facts", "findings"],
  report: ["base", "facts", "findings", "text"],
  text: ["base"],
  server: ["base", "facts", "findings", "store", "audit", "report", "text"],
};
MAY_IMPORT.cli = Object.keys(MAY_IMPORT);

/** Packages of npm that a folder may import; a folder that is not here may import any dependency of ours. */
const PACKAGES = {
  ...Object.fromEntries(CORE.map((folder) => [folder, []])),
  engine: [],
  guard: [],
  prove: [],
  policy: ["zod", "@bufbuild/cel", "@bufbuild/protobuf"],
  delivery: [],
  certs: ["@peculiar/x509", "reflect-metadata"],
};

const FOLDERS = Object.keys(MAY_IMPORT).join("|");
const TEST_CODE = String.raw`(\.test\.ts|\.fixture\.ts)$|/test-support/`;
const product = (folder) => ({ path: `^src/${folder}/`, pathNot: TEST_CODE });

const directions = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import ${allowed.join(", ") || "no other folder"}`,
  severity: "error",
  from: product(folder),
  to: { path: "^(src|test|scripts|web)/", pathNot: `^src/(${[folder, ...allowed].join("|")})/` },
}));

const packages = Object.entries(PACKAGES).map(([folder, allowed]) => ({
  name: `${folder}-packages`,
  comment: `${folder} may import ${allowed.join(", ") || "no package of npm"}`,
  severity: "error",
  from: product(folder),
  to: {
    path: "node_modules/",
    ...(allowed.length > 0 && { pathNot: `node_modules/(${allowed.join("|")})/` }),
  },
}));

const pureCore = {
  name: "core-is-pure",
  comment: "base to remedies import neither Node's modules nor anything else from outside src",
  severity: "error",
  from: product(`(${CORE.join("|")})`),
  to: { pathNot: "^(src|test|scripts|web)/" },
};

const frontDoors = [
  {
    name: "front-door",
    comment: "another folder is entered by its index.ts",
    severity: "error",
    from: { path: "^src/([^/]+)/", pathNot: TEST_CODE },
    to: { path: "^src/", pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", "^src/readers/[^/]+/index\\.ts$"] },
  },
  {
    name: "front-door-of-a-reader",
    comment: "another reader is entered by its index.ts",
    severity: "error",
    from: { path: "^src/readers/([^/]+)/", pathNot: TEST_CODE },
    to: { path: "^src/readers/[^/]+/", pathNot: ["^src/readers/$1/", "^src/readers/[^/]+/index\\.ts$"] },
  },
];

module.exports = {
  forbidden: [
    ...directions,
    ...packages,
    pureCore,
    ...frontDoors,
    {
      name: "folder-in-the-table",
      comment: "a folder under src is missing from the table, or a file lies beside the folders",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${FOLDERS})/` },
      to: {},
    },
    {
      name: "no-orphans",
      comment: "nobody imports this file (its own test does not count)",
      severity: "error",
      from: { pathNot: TEST_CODE },
      module: {
        path: "^src/",
        pathNot: ["^src/cli/main\\.ts$", "^src/decoy/shell/sandbox/worker\\.ts$", TEST_CODE],
        numberOfDependentsLessThan: 1,
      },
    },
    {
      name: "no-test-code",
      comment: "only tests import test code",
      severity: "error",
      from: { path: "^src/", pathNot: TEST_CODE },
      to: { path: TEST_CODE },
    },
    {
      name: "interpreter-in-its-thread",
      comment: "just-bash is loaded by the decoy's threads and by nothing else",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/decoy/shell/sandbox/", TEST_CODE] },
      to: { path: "node_modules/just-bash/" },
    },
    { name: "no-cycles", comment: "imports go round", severity: "error", from: {}, to: { circular: true } },
    {
      name: "resolvable",
      comment: "there is no such file",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared-packages",
      comment: "the package is not among the dependencies",
      severity: "error",
      from: { path: "^src/", pathNot: TEST_CODE },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    parser: "tsc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: ["node_modules", "^test/", "^scripts/"] },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node"],
    },
  },
};
