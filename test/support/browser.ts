import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where distributions put Chromium. */
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const browserPath = (): string | undefined =>
  BROWSERS.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Options of a test that looks at a page: skipped by name where there is no browser, unless everything is required. */
export const browserTestOptions = (): { skip: string | false } => ({
  skip: process.env["SEKISHO_REQUIRE"] !== "all" && browserPath() === undefined && "needs Chromium",
});

/** Starts the system's Chromium. The caller closes it. */
export function startBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  // As root, in containers and CI, Chromium has no sandbox of its own; it opens our own files only.
  return chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox"] });
}
