import { dirname, resolve } from "node:path";
import type { LocalizedText } from "../../base/index.ts";
import type { Diagnosis, DoctorInputs } from "./diagnosis.ts";

const LISTENERS: LocalizedText = {
  en: "listeners of the policy that others than its clients can reach",
  ja: "クライアント以外も届くポリシーのリスナー",
};

const STICKY = 0o1000;

/** Sockets that anybody can open or replace, and plain TCP off loopback. */
export function checkListeners({ policy, source, local }: DoctorInputs): Diagnosis {
  const id = "listener-open";
  const found: LocalizedText[] = [];
  const listeners = policy === undefined ? [] : [...policy.rules.clients.values()].flatMap((rules) => rules.listen);
  for (const { address, mode, insecurePlainTcp } of listeners) {
    if (insecurePlainTcp) {
      found.push({ en: `${address}: TCP without TLS`, ja: `${address}: TLS のない TCP` });
    }
    const path = address.startsWith("unix://") ? address.slice("unix://".length) : undefined;
    if (path === undefined) {
      continue;
    }
    const socket = local ? source.status(path) : undefined;
    const actual = typeof socket === "object" ? socket.mode : mode;
    if (actual !== undefined && (actual & 0o002) !== 0) {
      found.push({ en: `${path}: everybody can open it`, ja: `${path}: 誰でも開けます` });
    }
    const folder = local ? source.status(dirname(path)) : undefined;
    if (typeof folder === "object" && (folder.mode & 0o002) !== 0 && (folder.mode & STICKY) === 0) {
      found.push({
        en: `${dirname(path)}: everybody can replace the socket in it`,
        ja: `${dirname(path)}: 誰でも中のソケットを差し替えられます`,
      });
    }
  }
  return {
    id,
    status: found.length > 0 ? "bad" : listeners.length > 0 ? "ok" : "none",
    title: LISTENERS,
    found,
    ...(found.length > 0 && {
      advice: {
        en: "the socket is the client's identity: give it mode 0660 and a group of its own; TCP needs certificates (sekisho guard cert)",
        ja: "ソケットがクライアントの身元です。モード 0660 と専用のグループを設定し、TCP では証明書（sekisho guard cert）を使ってください",
      },
    }),
  };
}

const POLICY: LocalizedText = {
  en: "a policy file that others than its owner can change",
  ja: "所有者以外が変更できるポリシーファイル",
};

/** The gate reads its policy again when the file changes. */
export function checkPolicyFile({ policy, source }: DoctorInputs): Diagnosis {
  const id = "policy-writable";
  if (policy === undefined) {
    return { id, status: "none", title: POLICY, found: [] };
  }
  const file = resolve(policy.file);
  const found = [file, dirname(file)].flatMap((path): LocalizedText[] => {
    const status = source.status(path);
    const open = typeof status === "object" && (status.mode & 0o022) !== 0 && (status.mode & STICKY) === 0;
    return open ? [{ en: `${path}: group or others`, ja: `${path}: グループまたは全員が変更できます` }] : [];
  });
  return {
    id,
    status: found.length > 0 ? "bad" : "ok",
    title: POLICY,
    found,
    ...(found.length > 0 && {
      advice: { en: "chmod go-w", ja: "chmod go-w で書込み権を外してください" },
    }),
  };
}
