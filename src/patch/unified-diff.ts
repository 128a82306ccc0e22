/** Lines around a change that are shown. */
const CONTEXT_LINES = 3;

/** Most lines that a change may hold on both sides together for the shortest diff; longer ones are shown as a whole. */
export const DIFF_LINES_MAX = 4_000;

interface Step {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** A unified diff of two texts, as `diff -u` and `git apply` write and read it; empty when they are equal. */
export function unifiedDiff(uri: string, before: string, after: string): string {
  if (before === after) {
    return "";
  }
  const steps = stepsBetween(linesOf(before), linesOf(after));
  const hunks: string[] = [];
  let index = 0;
  while (index < steps.length) {
    const first = steps.findIndex((step, at) => at >= index && step.sign !== " ");
    if (first < 0) {
      break;
    }
    const start = Math.max(index, first - CONTEXT_LINES);
    const end = endOfHunk(steps, first);
    hunks.push(hunkOf(steps, start, end));
    index = end;
  }
  return `--- a/${uri}\n+++ b/${uri}\n${hunks.join("")}`;
}

/** Lines with their ends, so that a last line without one is another line. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function endOfHunk(steps: readonly Step[], first: number): number {
  let quiet = 0;
  let end = first;
  for (let index = first; index < steps.length && quiet <= 2 * CONTEXT_LINES; index += 1) {
    quiet = steps[index]?.sign === " " ? quiet + 1 : 0;
    end = quiet === 0 ? index + 1 : end;
  }
  return Math.min(end + CONTEXT_LINES, steps.length);
}

function hunkOf(steps: readonly Step[], start: number, end: number): string {
  const count = (list: readonly Step[], sign: "-" | "+") =>
    list.filter((step) => step.sign === " " || step.sign === sign).length;
  const before = steps.slice(0, start);
  const own = steps.slice(start, end);
  const range = (sign: "-" | "+") => {
    const lines = count(own, sign);
    return `${count(before, sign) + (lines === 0 ? 0 : 1)},${lines}`;
  };
  const body = own.map(({ sign, line }) =>
    line.endsWith("\n") ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range("-")} +${range("+")} @@\n${body.join("")}`;
}

/** What is the same at both ends is set aside; the rest is compared by the length of common subsequences. */
function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail += 1;
  }
  const same = (line: string): Step => ({ sign: " ", line });
  return [
    ...before.slice(0, head).map(same),
    ...middleSteps(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function middleSteps(before: readonly string[], after: readonly string[]): Step[] {
  const removed = before.map((line): Step => ({ sign: "-", line }));
  const added = after.map((line): Step => ({ sign: "+", line }));
  if (before.length + after.length > DIFF_LINES_MAX) {
    return [...removed, ...added];
  }
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let left = before.length - 1; left >= 0; left -= 1) {
    for (let right = after.length - 1; right >= 0; right -= 1) {
      lengths[left * width + right] =
        before[left] === after[right]
          ? (lengths[(left + 1) * width + right + 1] ?? 0) + 1
          : Math.max(lengths[(left + 1) * width + right] ?? 0, lengths[left * width + right + 1] ?? 0);
    }
  }
  const steps: Step[] = [];
  let left = 0;
  let right = 0;
  while (left < before.length && right < after.length) {
    if (before[left] === after[right]) {
      steps.push({ sign: " ", line: before[left] ?? "" });
      left += 1;
      right += 1;
    } else if ((lengths[(left + 1) * width + right] ?? 0) >= (lengths[left * width + right + 1] ?? 0)) {
      steps.push({ sign: "-", line: before[left] ?? "" });
      left += 1;
    } else {
      steps.push({ sign: "+", line: after[right] ?? "" });
      right += 1;
    }
  }
  return [...steps, ...removed.slice(left), ...added.slice(right)];
}
