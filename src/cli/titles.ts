import type { Language } from "../base/index.ts";
import { TECHNIQUES } from "../techniques/index.ts";

/** Titles of techniques, by id; an id that is none stays as it is. */
export function titleOf(language: Language): (id: string) => string {
  const titles = new Map(TECHNIQUES.map((technique) => [technique.id, technique.title[language]]));
  return (id) => titles.get(id) ?? id;
}
