import type { ContainerFacts } from "./container.ts";
import type { HostFacts } from "./host.ts";
import type { Identity } from "./identity.ts";
import { type Memo, newMemo } from "./memo.ts";

/** What an expression is evaluated over: a container on a host, as one of the users that it can be. */
export interface View {
  readonly container: ContainerFacts;
  readonly host: HostFacts;
  readonly identity: Identity;
  /** Values of facts of this identity that were asked for already, by the facts' numbers. */
  readonly memo: Memo;
  /** The same for facts of the host; shared by everything that is evaluated on it. */
  readonly hostMemo: Memo;
}

const hostMemos = new WeakMap<HostFacts, Memo>();

/** A view with nothing remembered of its identity. */
export function viewOf(container: ContainerFacts, host: HostFacts, identity: Identity): View {
  let hostMemo = hostMemos.get(host);
  if (hostMemo === undefined) {
    hostMemo = newMemo();
    hostMemos.set(host, hostMemo);
  }
  return { container, host, identity, memo: newMemo(), hostMemo };
}
