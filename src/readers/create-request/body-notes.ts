import type { LocalizedText } from "../../base/index.ts";
import { type Anomaly, type JsonNode, listAnomalies, type PlacedField } from "../../engine/index.ts";
import { type JsonSource, quote } from "../container-json/index.ts";
import type { ReadProblem } from "../read-result.ts";
import { BODY_TYPES, type BodyForm } from "./body-form.ts";

/** What a user should know of a body that was read: fields that we do not know, and keys that come twice. */
export function keyNotes(source: JsonSource, node: JsonNode, form: BodyForm): readonly ReadProblem[] {
  return listAnomalies({ text: source.document.text, root: node }, BODY_TYPES[form]).flatMap((anomaly) => {
    const message = keyText(anomaly);
    return message === undefined ? [] : [{ severity: "note", message, place: source.placeAt(anomaly.offset) }];
  });
}

/** Fields of `HostConfig` that stand outside of it. */
export function flatFieldNotes(
  source: JsonSource,
  obeyedByOldEngines: readonly PlacedField[],
  ignored: readonly PlacedField[],
): readonly ReadProblem[] {
  return [...noteOn(source, obeyedByOldEngines, obeyedText), ...noteOn(source, ignored, ignoredText)];
}

/** An engine from 27 does not look at these fields; an older one refuses the body because of them. */
export function badFlatFieldNote(source: JsonSource, text: LocalizedText, at: number): ReadProblem {
  return {
    severity: "note",
    message: {
      en: `${text.en}; Docker Engine up to 26 refuses this request, newer ones ignore the field at this place`,
      ja: `${text.ja}。Docker Engine 26 以前はこの要求を拒否し、それより新しいものはこの位置のフィールドを無視します`,
    },
    place: source.placeAt(at),
  };
}

function noteOn(
  source: JsonSource,
  fields: readonly PlacedField[],
  textOf: (names: string) => LocalizedText,
): readonly ReadProblem[] {
  const [first] = fields;
  if (first === undefined) {
    return [];
  }
  const names = fields.map((field) => field.name).join(", ");
  return [{ severity: "note", message: textOf(names), place: source.placeAt(first.at, first.name) }];
}

const obeyedText = (names: string): LocalizedText => ({
  en: `outside of HostConfig: ${names}. Docker Engine up to 26 obeys this and it is examined as if it did; newer ones ignore it. Write it inside HostConfig`,
  ja: `HostConfig の外に書かれています: ${names}。Docker Engine 26 以前はこれに従うため、有効とみなして調べます。それより新しいものは無視します。HostConfig の中に書いてください`,
});

const ignoredText = (names: string): LocalizedText => ({
  en: `outside of HostConfig and without effect beside it: ${names}`,
  ja: `HostConfig の外に書かれており、HostConfig があるため効果がありません: ${names}`,
});

function keyText(anomaly: Anomaly): LocalizedText | undefined {
  const key = JSON.stringify(quote(anomaly.key ?? ""));
  switch (anomaly.kind) {
    case "unknown-key":
      return {
        en: `${key} is not a field of the API versions that Sekisho knows: it is not examined`,
        ja: `${key} は Sekisho の知る API バージョンのフィールドではないため、調べません`,
      };
    case "duplicate-key":
      return {
        en: `${key} is written more than once: an engine merges such values, other tools take one of them`,
        ja: `${key} が複数回書かれています。エンジンはそれらを併合しますが、他のツールはどれか一つを採ります`,
      };
    default:
      return undefined;
  }
}
