import type { FieldMemo, View } from "./container.ts";
import type { Fact } from "./expression.ts";
import type { HostValues } from "./host.ts";
import type { Place } from "./place.ts";
import { isWritten } from "./written.ts";

/** The fields that decided a fact, asked once for each user of a container. */
export function fieldsOf(fact: Fact, view: View): readonly string[] {
  let fields = view.fields.get(fact);
  if (fields === undefined) {
    fields = fact.from(view);
    view.fields.set(fact, fields);
  }
  return fields;
}

/** {@link isWritten} and the place of a field of a container, asked once. */
export function fieldIn(view: View, field: string): FieldMemo {
  const { workload, fields } = view.container;
  let memo = fields.get(field);
  if (memo === undefined) {
    memo = { written: isWritten(workload, field), place: undefined };
    fields.set(field, memo);
  }
  return memo;
}

/** The field that decided: the first that is written, else the first; `undefined` for none. */
export const mainField = (fields: readonly string[], view: View): string | undefined =>
  fields.find((field) => fieldIn(view, field).written) ?? fields[0];

/** The place of the field that decided. Without fields the workload's own. */
export function placeOf(fields: readonly string[], view: View): Place {
  const field = mainField(fields, view);
  return field === undefined ? view.container.workload.source : placeOfField(field, view);
}

function placeOfField(field: string, view: View): Place {
  if (field.startsWith("host.")) {
    return view.host.where(field.slice(5) as keyof HostValues);
  }
  const memo = fieldIn(view, field);
  memo.place ??= view.container.workload.where(field);
  return memo.place;
}
