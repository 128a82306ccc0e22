import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import { containersOf, type PlacedContainer, type Pod, type PodPath } from "../../facts/index.ts";

/** Something in a pod that a rule reports. */
export interface PodViolation {
  /** The field that is wrong, or that is missing. */
  readonly path: PodPath;
  /** The container that it concerns; absent for the whole pod. */
  readonly container?: PlacedContainer;
  readonly detail: LocalizedText;
  /** Numbers in other catalogues that only this kind of violation has. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/** How much of a name or a value is shown. */
const SHOWN_CHARACTERS_MAX = 60;

/** A name or a value that somebody else chose. */
export const shown = (text: string): string => `"${quoteUntrusted(text, SHOWN_CHARACTERS_MAX)}"`;

/** Several of them. */
export const shownList = (texts: readonly string[]): string => texts.map(shown).join(", ");

/** What a sentence says of: a container by its name, or the pod. */
export const subject = (container: PlacedContainer | undefined): LocalizedText =>
  container === undefined
    ? { en: "the pod", ja: "Pod" }
    : {
        en: `container ${shown(container.container.name ?? "")}`,
        ja: `コンテナ ${shown(container.container.name ?? "")}`,
      };

/** A violation of a container, or of the pod: `en` and `ja` are what follows its name. */
export function violation(
  container: PlacedContainer | undefined,
  path: PodPath,
  en: string,
  ja: string,
  aliases?: PodViolation["aliases"],
): PodViolation {
  const who = subject(container);
  return {
    path,
    ...(container !== undefined && { container }),
    detail: { en: `${who.en} ${en}`, ja: `${who.ja} ${ja}` },
    ...(aliases !== undefined && { aliases }),
  };
}

/** Asks every container of a pod. */
export function inContainers(
  pod: Pod,
  find: (container: PlacedContainer) => PodViolation | readonly PodViolation[] | undefined,
): readonly PodViolation[] {
  return containersOf(pod).flatMap((container) => find(container) ?? []);
}

/** The path of a field of a container's security context. */
export const securityPath = ({ path }: PlacedContainer, ...field: PodPath): PodPath => [
  ...path,
  "securityContext",
  ...field,
];

/** The path of a field of the pod's security context. */
export const podSecurityPath = (...field: PodPath): PodPath => ["spec", "securityContext", ...field];

/** The pod says that it is for Windows, whose containers have none of the fields of Linux. */
export const isWindowsPod = ({ spec }: Pod): boolean => spec.os?.name === "windows";

/** The pod asks for users of its own. */
export const hasOwnUsers = ({ spec }: Pod): boolean => spec.hostUsers === false;
