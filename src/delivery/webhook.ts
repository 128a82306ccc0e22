import { ATTEMPT_MS_MAX, type Destination, Refused } from "./destination.ts";

/** Statuses of the 400s after which a later try may do: request timeout, too early, too many requests. */
const LATER = [408, 425, 429];

/** POSTs JSON to an address. Redirects are not followed: only the configured address is asked. */
export function webhook(address: URL, attemptMsMax = ATTEMPT_MS_MAX): Destination {
  return {
    name: address.origin,
    async send(message) {
      const response = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: message,
        redirect: "manual",
        signal: AbortSignal.timeout(attemptMsMax),
      });
      await response.body?.cancel();
      const { status } = response;
      if (status >= 200 && status < 300) {
        return;
      }
      const text = `${address.origin} answered ${status}`;
      throw status >= 500 || LATER.includes(status) ? new Error(text) : new Refused(text);
    },
  };
}
