import type { HostConfig, ImageConfig, MountConfig, PodPath } from "../../facts/index.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A container of a pod on its way into the engine's form. */
export class ContainerDraft {
  readonly image: Writable<ImageConfig> = {};
  readonly host: Writable<HostConfig> = {};
  readonly mounts: MountConfig[] = [];
  readonly securityOptions: string[] = [];
  /** Where each field of the engine's form was written in the pod. */
  readonly places = new Map<string, PodPath>();
  readonly unresolved = new Map<string, string>();

  at(field: string, path: PodPath): void {
    this.places.set(field, path);
  }

  setHost<Key extends keyof HostConfig>(key: Key, value: HostConfig[Key], path: PodPath): void {
    this.host[key] = value as Writable<HostConfig>[Key];
    this.at(`HostConfig.${key}`, path);
  }

  addSecurityOption(option: string, path: PodPath): void {
    this.at(`HostConfig.SecurityOpt[${this.securityOptions.length}]`, path);
    this.securityOptions.push(option);
  }
}
