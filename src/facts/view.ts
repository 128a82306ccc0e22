import type { ContainerFacts, View } from "./container.ts";
import type { HostFacts } from "./host.ts";
import type { Identity } from "./identity.ts";
import { LEVEL, type Memo, newMemo } from "./memo.ts";

export type { View } from "./container.ts";

const hostMemos = new WeakMap<HostFacts, Memo>();

/** A container as one of its users. The same one for the same container, host and user. */
export function viewOf(container: ContainerFacts, host: HostFacts, identity: Identity): View {
  for (const view of container.views) {
    if (view.identity === identity && view.host === host) {
      return view;
    }
  }
  const view: View = {
    container,
    host,
    identity,
    reachable: LEVEL[identity.reachable],
    memo: newMemo(),
    containerMemo: container.memo,
    hostMemo: hostMemoOf(host),
    onAnswer: undefined,
    fields: new Map(),
  };
  container.views.push(view);
  return view;
}

function hostMemoOf(host: HostFacts): Memo {
  let memo = hostMemos.get(host);
  if (memo === undefined) {
    memo = newMemo();
    hostMemos.set(host, memo);
  }
  return memo;
}
