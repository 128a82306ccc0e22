import { INTERPOLATED_CHARACTERS_MAX, INTERPOLATION_DEPTH_MAX } from "./limits.ts";
import { variableAt } from "./variables.ts";

/** The value of a variable: a text, or the names of the variables that it depends on and that are not known. */
export type EnvironmentValue =
  | { readonly text: string; readonly unknown?: undefined }
  | { readonly text?: undefined; readonly unknown: readonly string[] };

/** The variables that are known. */
export interface Environment {
  readonly values: ReadonlyMap<string, EnvironmentValue>;
  /** What is not among the values is surely not set: whoever runs Compose told us everything. */
  readonly closed: boolean;
}

/** Nothing is known of the variables. */
export const NO_ENVIRONMENT: Environment = { values: new Map(), closed: false };

/** The value of a variable; `undefined`: it is not set. */
export function lookUp({ values, closed }: Environment, name: string): EnvironmentValue | undefined {
  return values.get(name) ?? (closed ? undefined : { unknown: [name] });
}

/** A text with its variables put in. */
export interface Interpolated {
  /** The value where everything is known; else a template that holds the variables that are left, and `$$`. */
  readonly text: string;
  /** Names of variables that are not known and decide. */
  readonly unknown: readonly string[];
  /** Why Compose refuses the text. */
  readonly fault?:
    | { readonly kind: "invalid" }
    | { readonly kind: "too-long" }
    | { readonly kind: "required"; readonly name: string; readonly message: string };
}

/**
 * Puts variables in as compose-go does (template/template.go): `$V`, `${V}`, `:-` and `-` for defaults, `:?` and `?` for
 * required ones, `:+` and `+` for replacements, each of which may hold variables of its own; `$$` is a dollar sign.
 */
export function interpolate(written: string, environment: Environment): Interpolated {
  if (!written.includes("$")) {
    return { text: written, unknown: [] };
  }
  const interpolation = new Interpolation(environment);
  const result = interpolation.run(written, 0);
  const unknown = [...interpolation.unknown];
  if (interpolation.fault !== undefined) {
    return { text: written, unknown, fault: interpolation.fault };
  }
  return { text: unknown.length === 0 ? result.literal : result.template, unknown };
}

interface Written {
  readonly literal: string;
  /** The same with every dollar sign doubled and unknown variables as they were written. */
  readonly template: string;
}

class Interpolation {
  readonly unknown = new Set<string>();
  fault: Interpolated["fault"];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  run(text: string, depth: number): Written {
    let literal = "";
    let template = "";
    let position = 0;
    while (this.fault === undefined) {
      const dollar = text.indexOf("$", position);
      const plain = text.slice(position, dollar === -1 ? text.length : dollar);
      literal += plain;
      template += plain;
      if (dollar === -1) {
        break;
      }
      const found = depth > INTERPOLATION_DEPTH_MAX ? undefined : variableAt(text, dollar);
      if (found === undefined) {
        this.fault = { kind: "invalid" };
        break;
      }
      const asWritten = text.slice(dollar, found.end);
      const value =
        found.name === ""
          ? { literal: "$", template: "$$" }
          : (this.#value(found.name, found.operator, found.argument, depth) ?? { literal: "", template: asWritten });
      literal += value.literal;
      template += value.template;
      position = found.end;
      if (template.length > INTERPOLATED_CHARACTERS_MAX) {
        this.fault = { kind: "too-long" };
      }
    }
    return { literal, template };
  }

  /** `undefined`: not known, and noted. */
  #value(name: string, operator: string, argument: string, depth: number): Written | undefined {
    const value = lookUp(this.#environment, name);
    if (value?.unknown !== undefined) {
      for (const unknown of value.unknown) {
        this.unknown.add(unknown);
      }
      return undefined;
    }
    const isSet = value !== undefined && !(operator.startsWith(":") && value.text === "");
    switch (operator.at(-1)) {
      case "-":
        return isSet ? literally(value.text) : this.run(argument, depth + 1);
      case "+":
        return isSet ? this.run(argument, depth + 1) : literally("");
      case "?":
        if (!isSet) {
          this.fault = { kind: "required", name, message: this.run(argument, depth + 1).literal };
        }
        return literally(value?.text ?? "");
      default:
        return literally(value?.text ?? "");
    }
  }
}

const literally = (text: string): Written => ({ literal: text, template: text.replaceAll("$", "$$$$") });
