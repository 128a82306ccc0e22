export { BAITS, type Bait, type Canary, canariesOf } from "./baits.ts";
export { type CatalogueImage, layerDigest, officialImage, publishedImage } from "./catalogue.ts";
export { inventMachine, type Machine } from "./machine.ts";
export { PERSONAS, type Persona, personaNamed } from "./persona.ts";
