import { celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import type { LocalizedText } from "../../base/index.ts";
import type { WrittenClient } from "./schema.ts";
import { expandVerb } from "./verbs.ts";

/** Macros inside of macros: each level multiplies the work by the length of a list. */
export const MACRO_DEPTH_MAX = 2;

/** Steps that one evaluation may take: items of the request to the power of the depth of macros. */
export const EVALUATION_STEPS_MAX = 1_000_000;

/** A rule in CEL, ready to be evaluated. */
export interface CompiledRule {
  readonly name: string;
  /** Absent: every verb. */
  readonly verbs?: ReadonlySet<string>;
  readonly require?: Expression;
  readonly permit?: Expression;
  /** Rules and gains whose refusals `permit` lifts. */
  readonly waives: ReadonlySet<string>;
  readonly message?: LocalizedText;
}

/** What an expression sees. */
export interface Activation {
  /** Maps, lists, texts, booleans and bigints only, with Go's zero values filled in. */
  readonly request: ReadonlyMap<string, unknown>;
  readonly client: string;
  /** Maps, lists and entries in {@link request}, counted. */
  readonly items: number;
}

export interface Expression {
  readonly text: string;
  /** `undefined`: it could not be evaluated, or is no boolean. */
  readonly evaluate: (activation: Activation) => boolean | undefined;
}

/** An expression that is none. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly rule: string;
  readonly part: "require" | "permit";

  constructor(rule: string, part: "require" | "permit", message: string) {
    super(message);
    this.rule = rule;
    this.part = part;
  }
}

type WrittenRule = NonNullable<WrittenClient["rules"]>[number];

/** @throws {ExpressionError} when `require` or `permit` is no expression, or too deep. */
export function compileRule(written: WrittenRule): CompiledRule {
  const { name, message } = written;
  return {
    name,
    ...(written.verbs === undefined ? {} : { verbs: new Set(written.verbs.flatMap(expandVerb)) }),
    ...(written.require === undefined ? {} : { require: compileExpression(name, "require", written.require) }),
    ...(written.permit === undefined ? {} : { permit: compileExpression(name, "permit", written.permit) }),
    waives: new Set(written.waives ?? []),
    ...(message === undefined ? {} : { message: typeof message === "string" ? { en: message, ja: message } : message }),
  };
}

const ENVIRONMENT = celEnv();

function compileExpression(rule: string, part: "require" | "permit", text: string): Expression {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(text);
  } catch (error) {
    // The parser throws plain errors; its message names the place in the expression.
    throw new ExpressionError(rule, part, error instanceof Error ? error.message : String(error));
  }
  const depth = macroDepth(parsed.expr);
  if (depth > MACRO_DEPTH_MAX) {
    throw new ExpressionError(rule, part, `macros are nested ${depth} deep; at most ${MACRO_DEPTH_MAX}`);
  }
  const evaluate = plan(ENVIRONMENT, parsed);
  return {
    text,
    evaluate({ request, client, items }) {
      if (items ** depth > EVALUATION_STEPS_MAX) {
        return undefined;
      }
      const result = evaluate({ request, client } as Parameters<typeof evaluate>[0]);
      return isCelError(result) || typeof result !== "boolean" ? undefined : result;
    },
  };
}

/** How deep comprehensions, which all macros over lists become, stand in each other. */
function macroDepth(node: unknown): number {
  if (typeof node !== "object" || node === null) {
    return 0;
  }
  const here = "case" in node && node.case === "comprehensionExpr" ? 1 : 0;
  let below = 0;
  for (const child of Object.values(node)) {
    below = Math.max(below, macroDepth(child));
  }
  return here + below;
}
