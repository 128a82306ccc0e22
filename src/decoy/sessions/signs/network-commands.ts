import type { Deed } from "../deeds.ts";
import { installerHosts, METADATA_ADDRESS } from "../known-hosts.ts";
import { SHELLS } from "../shell/index.ts";

const FETCHERS =
  /^(?:curl|wget\d?|aria2c|axel|lwp-download|lynx|fetch|tftp|ftpget|ftp|scp|sftp|rsync|GET|http|https|vurl)$/;

/** Short names under which mining campaigns leave copies of curl and wget on a host. */
const RENAMED_FETCHERS = /^(?:cd1|wd1|cdt|wdt|cdl|wdl|cur|wge|curl1|wget1|cuRL|tnt\w*|1url|xget|cxx|wgettnt|curltnt)$/;

/** A command that fetches something over the network, by whatever name. */
export function fetches({ command: { name, argv, redirects } }: Deed): boolean {
  if (
    redirects.some(({ target }) => target.startsWith("/dev/tcp/")) ||
    argv.some((word) => word.includes("/dev/tcp/"))
  ) {
    return true;
  }
  const words = argv.slice(1);
  if (FETCHERS.test(name)) {
    return words.some((word) => urlOf(word) !== undefined);
  }
  return (
    fetchesByOtherName(name, words) ||
    (/^python|^perl|^php|^ruby|^node/.test(name) &&
      /https?:\/\/|urlopen|urlretrieve|requests\.get|LWP::|file_get_contents\(/.test(words.join(" ")))
  );
}

/** A name that is no known tool, called the way in which curl or wget is called. */
export function fetchesByOtherName(name: string, words: readonly string[]): boolean {
  const hasUrl = words.some((word) => /^(?:https?|ftp):\/\//.test(word));
  return (
    hasUrl &&
    (RENAMED_FETCHERS.test(name) ||
      (/^[a-z]{1,5}\d?$/.test(name) &&
        !FETCHERS.test(name) &&
        !/^(?:git|pip\d?|npm|nc|ab|echo|dig|apk|apt|yum|dnf|go|gem|helm|hey|wrk|java|nmap|siege|ping|test|su|sudo|env)$/.test(
          name,
        ) &&
        words.some((word) => /^-(?:fsSL|sSL|sS|s|fsS|q|qO-?|O-?|O|o|k|L)$/.test(word))))
  );
}

/** The address in a word, with the scheme that curl and wget would add. */
export function urlOf(word: string): string | undefined {
  if (/^(?:https?|ftp|tftp|socks\w*|git):\/\//i.test(word)) {
    return word;
  }
  return /^(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?:\/\S*)?$/i.test(word) &&
    /[/:]|^[\d.]+$/.test(word)
    ? `http://${word}`
    : undefined;
}

/** Addresses that a command talks to. */
export const addressesIn = ({ command }: Deed): readonly string[] =>
  command.argv.slice(1).flatMap((word) => urlOf(word) ?? []);

/** What it fetches goes to a shell or an interpreter, or becomes its argument. */
export const feedsInterpreter = ({ command }: Deed): boolean =>
  command.feeds.some((name) => SHELLS.has(name) || /^(?:python|perl|php|ruby|node|sudo|bash|busybox|tee)/.test(name));

/** Everything that it fetches comes from the installers of well-known software, over TLS. */
export const fromKnownInstaller = (deed: Deed): boolean => {
  const addresses = addressesIn(deed);
  return (
    addresses.length > 0 &&
    addresses.every((address) => /^https:/.test(address) && installerHosts.test(hostOf(address)))
  );
};

/** Host name of an address; empty when there is none. */
export const hostOf = (address: string): string =>
  /^[a-z0-9+]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(address)?.[1]?.toLowerCase() ?? "";

/** It asks the metadata service of a cloud. */
export const asksMetadata = ({ command }: Deed): boolean => command.argv.some((word) => METADATA_ADDRESS.test(word));
