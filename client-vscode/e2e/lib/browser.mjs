// Chromium (the program in CHROMIUM) through playwright-core, kept on loopback.
const viewport = { width: 1400, height: 900 };

export async function launchBrowser(playwright) {
  const { chromium } = await import(playwright);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  const refused = []; // what the pages asked for outside this machine
  return {
    browser,
    refused,
    /** A page with a profile of its own: no state is left from another window. */
    async newPage() {
      const context = await browser.newContext({ viewport, locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'] });
      await context.route(
        (url) => !['127.0.0.1', 'localhost'].includes(url.hostname) && /^(https?|wss?):$/.test(url.protocol),
        (route) => { refused.push(route.request().url()); return route.abort(); },
      );
      return context.newPage();
    },
  };
}
