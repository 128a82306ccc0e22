import { SEVERITIES, type Severity } from "../../findings/index.ts";
import type { AuditDocument } from "../audit-schema.ts";
import { type DocumentFinding, type DocumentWorkload, placeOf } from "./entries.ts";
import { escapeXml } from "./escape.ts";

/** Which findings fail. */
export interface JunitOptions {
  /** Findings of this severity and above are failures, the others pass with a note. */
  readonly failOn: Severity | "never";
}

/**
 * JUnit XML as Jenkins, GitLab and Azure read it: a suite for the host and for each workload, a case for each finding. A
 * workload without findings has one case that passes; what could not be examined is an error.
 */
export function auditToJunit(document: AuditDocument, options: JunitOptions): string {
  const suites = [
    suite("host", document.host.findings, options),
    ...document.workloads.map((workload) => workloadSuite(workload, options)),
    ...errorSuite(document),
  ];
  const total = (name: "tests" | "failures" | "errors") => suites.reduce((sum, entry) => sum + entry[name], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sekisho" tests="${total("tests")}" failures="${total("failures")}" errors="${total("errors")}">`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly xml: string;
}

const workloadSuite = (workload: DocumentWorkload, options: JunitOptions): Suite =>
  suite(workload.id, workload.findings, options);

function suite(name: string, findings: readonly DocumentFinding[], options: JunitOptions): Suite {
  const threshold = options.failOn === "never" ? -1 : SEVERITIES.indexOf(options.failOn);
  const fails = (finding: DocumentFinding): boolean => SEVERITIES.indexOf(finding.severity) <= threshold;
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${escapeXml(name)}" name="no finding"/>`]
      : findings.map((finding) => testCase(name, finding, fails(finding)));
  return wrapSuite(name, cases, findings.filter(fails).length, 0);
}

function testCase(suiteName: string, finding: DocumentFinding, fails: boolean): string {
  const { uri, line } = finding.location;
  const where = `file="${escapeXml(uri)}"${line === undefined ? "" : ` line="${line}"`}`;
  const text = escapeXml(`${finding.severity}, ${finding.certainty}: ${finding.title}`);
  const more = `${escapeXml(finding.message)}\n${escapeXml(placeOf(finding.location))}`;
  const open = `    <testcase classname="${escapeXml(suiteName)}" name="${escapeXml(finding.id)}" ${where}>`;
  const body = fails
    ? `      <failure type="${finding.severity}" message="${text}">${more}</failure>`
    : `      <system-out>${text}\n${more}</system-out>`;
  return `${open}\n${body}\n    </testcase>`;
}

function errorSuite({ errors }: AuditDocument): readonly Suite[] {
  const serious = errors.filter(({ severity }) => severity === "error");
  if (serious.length === 0) {
    return [];
  }
  const cases = serious.map(
    ({ message, location }) =>
      `    <testcase classname="input" name="${escapeXml(placeOf(location))}">\n      <error message="${escapeXml(message)}"/>\n    </testcase>`,
  );
  return [wrapSuite("input", cases, 0, cases.length)];
}

function wrapSuite(name: string, cases: readonly string[], failures: number, errors: number): Suite {
  const tests = cases.length;
  const open = `  <testsuite name="${escapeXml(name)}" tests="${tests}" failures="${failures}" errors="${errors}">`;
  return { tests, failures, errors, xml: [open, ...cases, "  </testsuite>"].join("\n") };
}
