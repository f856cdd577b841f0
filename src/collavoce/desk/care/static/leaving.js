// A phone that is nobody's any more keeps nothing: no look, no press, no worker, no address to wake it.

/** Leave nothing in this browser. Never throws. */
export async function leaveNothing() {
  await Promise.allSettled([
    (async () => {
      localStorage.clear();
      sessionStorage.clear();
    })(),
    (async () => {
      for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
        await (await worker.pushManager?.getSubscription())?.unsubscribe();
        await worker.unregister();
      }
    })(),
    (async () => {
      // Caches are there over HTTPS only.
      for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
    })(),
    new Promise((done) => {
      const deleting = indexedDB.deleteDatabase("collavoce");
      for (const way of ["success", "error", "blocked"]) deleting.addEventListener(way, done);
    }),
  ]);
}
