/** What a model keeps, and how an engine would describe it. */
import { sha256 } from "../record/chain.ts";

/** Labels, and options of drivers. */
export type Labels = Readonly<Record<string, string>>;

export interface ModelContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly config: object;
  readonly hostConfig: object;
}

export interface ModelObject {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly options: Labels;
  readonly labels: Labels;
}

export interface ModelImage {
  readonly labels: Labels;
  readonly user: string;
}

/** An id that is the same in every run. */
export const idOf = (what: string): string => sha256(`model ${what}`);

export const inspectedContainer = ({ id, name, image, config, hostConfig }: ModelContainer): object => ({
  Id: id,
  Name: `/${name}`,
  Image: `sha256:${idOf(`image ${image}`)}`,
  State: { Running: true },
  Config: config,
  HostConfig: hostConfig,
});

export const inspectedExec = (id: string, container: string, privileged: boolean): object => ({
  ID: id,
  ContainerID: container,
  ProcessConfig: { privileged },
});

export const inspectedObject = ({ id, name, driver, options, labels }: ModelObject): object => ({
  Id: id,
  Name: name,
  Driver: driver,
  Options: options,
  Labels: labels,
  Mountpoint: "",
});

export const inspectedImage = (reference: string, { labels, user }: ModelImage): object => ({
  Id: `sha256:${idOf(`image ${reference}`)}`,
  RepoTags: /^(sha256:)?[0-9a-f]{12,64}$/.test(reference) ? [] : [reference],
  Config: { Labels: labels, User: user },
});
