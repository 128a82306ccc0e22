/**
 * Changes a script before it runs, without changing what it does: after each step it tells what time it is there, loops
 * count their laps, and programs are called where the interpreter finds them.
 */
import type { CommandNode, PipelineNode, ScriptNode, StatementNode, WordNode } from "just-bash";

export interface Instruments {
  /** Where the interpreter has to look for a program; undefined: where it looks anyway. */
  relocate(name: string): string | undefined;
  /** Source of a function was seen. */
  defines(name: string, node: ScriptNode): void;
}

type FunctionNode = Extract<CommandNode, { type: "FunctionDef" }>;

const MARK = "/usr/bin/__mark";
const LAP = "/usr/bin/__lap";

/** `outermost`: its output is the program's, so marks may lie in it. */
export function instrument(script: ScriptNode, outermost: boolean, tools: Instruments): ScriptNode {
  const functions = new Set<string>();
  return { ...script, statements: statements(script.statements, { marks: outermost, tools, functions, top: true }) };
}

interface Scope {
  readonly marks: boolean;
  /** Not in a function, so that a definition here lasts. */
  readonly top: boolean;
  readonly tools: Instruments;
  readonly functions: Set<string>;
}

function statements(list: readonly StatementNode[], scope: Scope): StatementNode[] {
  return list.flatMap((statement) => {
    const inner = { ...statement, pipelines: statement.pipelines.map((each) => pipeline(each, scope)) };
    if (!scope.marks) {
      return statement.background ? [call("/usr/bin/__fork", "begin"), inner, call("/usr/bin/__fork", "end")] : [inner];
    }
    return statement.background
      ? [call("/usr/bin/__fork", "begin"), mark(), inner, mark(), call("/usr/bin/__fork", "end"), mark()]
      : [inner, mark()];
  });
}

function pipeline(node: PipelineNode, scope: Scope): PipelineNode {
  const alone = node.commands.length === 1;
  const inner = { ...scope, marks: scope.marks && alone };
  return { ...node, commands: node.commands.map((each) => command(each, inner)) };
}

function command(node: CommandNode, scope: Scope): CommandNode {
  const redirected = "redirections" in node && node.redirections.length > 0;
  const inner = { ...scope, marks: scope.marks && !redirected };
  const body = (list: StatementNode[]): StatementNode[] => statements(list, inner);
  const silent = (list: StatementNode[]): StatementNode[] => statements(list, { ...inner, marks: false });
  switch (node.type) {
    case "SimpleCommand":
      return simple(node, scope);
    case "If":
      return {
        ...node,
        clauses: node.clauses.map((clause) => ({ condition: silent(clause.condition), body: body(clause.body) })),
        elseBody: node.elseBody === null ? null : body(node.elseBody),
      };
    case "For":
    case "CStyleFor":
      return { ...node, body: [lap(), ...body(node.body)] };
    case "While":
    case "Until":
      return { ...node, condition: silent(node.condition), body: [lap(), ...body(node.body)] };
    case "Case":
      return { ...node, items: node.items.map((item) => ({ ...item, body: body(item.body) })) };
    case "Subshell":
    case "Group":
      return { ...node, body: body(node.body) };
    case "FunctionDef":
      return definition(node, scope);
    default:
      return node;
  }
}

function definition(node: FunctionNode, scope: Scope): CommandNode {
  scope.functions.add(node.name);
  if (scope.top) {
    scope.tools.defines(node.name, { type: "Script", statements: [statementOf(node)] } as ScriptNode);
  }
  const body = command(node.body, { ...scope, marks: false, top: false });
  return { ...node, body: body as FunctionNode["body"] };
}

function simple(node: Extract<CommandNode, { type: "SimpleCommand" }>, scope: Scope): CommandNode {
  const name = literalOf(node.name);
  if (name === undefined || scope.functions.has(name)) {
    return node;
  }
  const [first] = node.args;
  const lookup =
    name === "type" || (name === "command" && /^-[vV]$/.test(literalOf(first ?? null) ?? ""))
      ? `/usr/bin/__${name}`
      : name === "wait"
        ? "/usr/bin/__wait"
        : scope.tools.relocate(name);
  return lookup === undefined ? node : { ...node, name: word(lookup) };
}

function literalOf(node: WordNode | null): string | undefined {
  if (node === null) {
    return undefined;
  }
  let text = "";
  for (const part of node.parts) {
    if (part.type !== "Literal" && part.type !== "SingleQuoted" && part.type !== "Escaped") {
      return undefined;
    }
    text += part.value;
  }
  return text;
}

const word = (text: string): WordNode => ({ type: "Word", parts: [{ type: "Literal", value: text }] });

const simpleCommand = (...words: readonly [string, ...string[]]): CommandNode => ({
  type: "SimpleCommand",
  assignments: [],
  name: word(words[0]),
  args: words.slice(1).map(word),
  redirections: [],
});

const pipelineOf = (node: CommandNode): PipelineNode => ({ type: "Pipeline", commands: [node], negated: false });

const statementOf = (node: CommandNode): StatementNode => ({
  type: "Statement",
  pipelines: [pipelineOf(node)],
  operators: [],
  background: false,
});

const call = (...words: readonly [string, ...string[]]): StatementNode => statementOf(simpleCommand(...words));

/** Keeps `$?` as it is, and never ends a script that stops at the first failure. */
const mark = (): StatementNode => ({
  type: "Statement",
  pipelines: [pipelineOf(simpleCommand(MARK)), pipelineOf(simpleCommand(":"))],
  operators: ["&&"],
  background: false,
});

const lap = (): StatementNode => ({
  type: "Statement",
  pipelines: [pipelineOf(simpleCommand(LAP)), pipelineOf(simpleCommand("break"))],
  operators: ["||"],
  background: false,
});
