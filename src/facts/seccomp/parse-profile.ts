import { type Capability, parseCapability } from "../capability.ts";
import { and, type Known, not } from "../known.ts";
import { compareVersions } from "../version.ts";
import { ARGUMENT_OPERATORS, type ArgumentCondition } from "./argument.ts";
import type { CustomProfile, ProfileRule } from "./custom-profile.ts";
import { type Fields, fieldsOf, listOf, parseObject, stringsOf } from "./profile-json.ts";

/**
 * Whether a call happens. A logged call does. A traced call does when its tracer says so, and a process of the
 * container can be the tracer of another. A supervisor behind NOTIFY may answer either way.
 */
const ACTION_ALLOWS: ReadonlyMap<unknown, Known> = new Map([
  ["SCMP_ACT_ALLOW", "yes"],
  ["SCMP_ACT_LOG", "yes"],
  ["SCMP_ACT_TRACE", "yes"],
  ["SCMP_ACT_NOTIFY", "unknown"],
  ["SCMP_ACT_ERRNO", "no"],
  ["SCMP_ACT_KILL", "no"],
  ["SCMP_ACT_KILL_PROCESS", "no"],
  ["SCMP_ACT_KILL_THREAD", "no"],
  ["SCMP_ACT_TRAP", "no"],
]);

/** EPERM: what a refused call returns when the profile does not say. */
const DEFAULT_ERRNO = 1;

/** A condition for at most this kernel is taken as met: from there on ptrace cannot get around a filter. */
const KERNEL_TAKEN_FOR_GRANTED = "4.8";

/**
 * Reads a profile as JSON. `undefined` when the text is none, or one that the engine or its runtime refuses. Never
 * throws. The engine's rules: moby profiles/seccomp/seccomp_linux.go, setupSeccomp; the runtime's: runc
 * libcontainer/seccomp.
 */
export function parseCustomProfile(text: string): CustomProfile | undefined {
  const fields = parseObject(text);
  const defaultAllows = ACTION_ALLOWS.get(fields?.get("defaultaction"));
  const entries = listOf(fields?.get("syscalls"));
  if (fields === undefined || defaultAllows === undefined || entries === undefined || namesMachinesTwice(fields)) {
    return undefined;
  }
  const rulesByName = new Map<string, ProfileRule[]>();
  for (const entry of entries) {
    const rule = fieldsOf(entry);
    const names = rule && namesOf(rule);
    const parsed = rule && ruleOf(rule);
    if (rule === undefined || names === undefined || parsed === undefined) {
      return undefined;
    }
    if (!saysTheDefault(rule, fields)) {
      for (const name of names) {
        const rules = rulesByName.get(name) ?? [];
        rules.push(parsed);
        rulesByName.set(name, rules);
      }
    }
  }
  return { defaultAllows, rulesByName };
}

/** The engine refuses a profile that gives its machines in both forms. */
function namesMachinesTwice(fields: Fields): boolean {
  return (listOf(fields.get("archmap")) ?? []).length > 0 && (listOf(fields.get("architectures")) ?? []).length > 0;
}

/** `names`, or one `name` in the form of 2016; both together are refused. */
function namesOf(rule: Fields): readonly string[] | undefined {
  const names = stringsOf(rule.get("names"));
  const name = rule.get("name") ?? "";
  if (names === undefined || typeof name !== "string") {
    return undefined;
  }
  return name === "" ? names : names.length === 0 ? [name] : undefined;
}

/** The runtime leaves out a rule that says what the default says, so it cannot contradict another one. */
function saysTheDefault(rule: Fields, profile: Fields): boolean {
  const action = rule.get("action");
  const errno = rule.get("errnoret") ?? DEFAULT_ERRNO;
  const defaultErrno = profile.get("defaulterrnoret") ?? DEFAULT_ERRNO;
  return action === profile.get("defaultaction") && (action !== "SCMP_ACT_ERRNO" || errno === defaultErrno);
}

function ruleOf(rule: Fields): ProfileRule | undefined {
  const allows = ACTION_ALLOWS.get(rule.get("action"));
  const conditions = (listOf(rule.get("args")) ?? [undefined]).map(conditionOf);
  const includes = filterOf(rule.get("includes"));
  const excludes = filterOf(rule.get("excludes"));
  if (allows === undefined || includes === undefined || excludes === undefined || conditions.includes(undefined)) {
    return undefined;
  }
  const conditionsOfUse: readonly Known[] = [
    includes.architectures.length === 0 ? "yes" : onOrdinaryServers(includes.architectures),
    not(onOrdinaryServers(excludes.architectures)),
    includes.minKernel === undefined ? "yes" : isKernelAtLeast(includes.minKernel),
    excludes.minKernel === undefined ? "yes" : not(isKernelAtLeast(excludes.minKernel)),
  ];
  return {
    allows,
    conditions: conditions.filter((condition) => condition !== undefined),
    used: conditionsOfUse.reduce(and),
    needs: includes.capabilities,
    without: excludes.capabilities,
  };
}

const isKernelAtLeast = (kernel: string): Known =>
  (compareVersions(kernel, KERNEL_TAKEN_FOR_GRANTED) ?? 1) <= 0 ? "yes" : "unknown";

/** Whether a list of architectures covers ordinary servers; `unknown` when only one of the two is in it. */
function onOrdinaryServers(architectures: readonly string[]): Known {
  const covered = ["amd64", "arm64"].filter((name) => architectures.includes(name)).length;
  return covered === 2 ? "yes" : covered === 0 ? "no" : "unknown";
}

interface Filter {
  readonly capabilities: readonly (Capability | undefined)[];
  readonly architectures: readonly string[];
  readonly minKernel: string | undefined;
}

const NO_FILTER: Filter = { capabilities: [], architectures: [], minKernel: undefined };

function filterOf(value: unknown): Filter | undefined {
  if (value === undefined || value === null) {
    return NO_FILTER;
  }
  const fields = fieldsOf(value);
  const names = fields && stringsOf(fields.get("caps"));
  const architectures = fields && stringsOf(fields.get("arches"));
  const minKernel = fields?.get("minkernel") ?? undefined;
  if (names === undefined || architectures === undefined) {
    return undefined;
  }
  return minKernel === undefined || typeof minKernel === "string"
    ? { capabilities: names.map(boundingName), architectures, minKernel }
    : undefined;
}

/** The engine compares the text with the names in the bounding set, which are upper case and have the prefix. */
function boundingName(written: string): Capability | undefined {
  const name = /^CAP_[A-Z_]+$/.test(written) ? parseCapability(written) : undefined;
  return name === "ALL" ? undefined : name;
}

function conditionOf(value: unknown): ArgumentCondition | undefined {
  const fields = fieldsOf(value);
  const operator = ARGUMENT_OPERATORS.find((name) => name === fields?.get("op"));
  const [index, first, second] = ["index", "value", "valuetwo"].map((name) => fields?.get(name) ?? 0);
  if (operator === undefined || !isUnsigned(index) || !isUnsigned(first) || !isUnsigned(second)) {
    return undefined;
  }
  const readable = Number.isSafeInteger(first) && Number.isSafeInteger(second);
  return { index: readable ? index : UNREADABLE_ARGUMENT, operator, value: BigInt(first), valueTwo: BigInt(second) };
}

/** Stands for the index of an argument that is compared with a number past 2^53, which JSON.parse rounds. */
const UNREADABLE_ARGUMENT = -1;

const isUnsigned = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;
