// Preloaded into every child of the launcher: when the launcher is gone, even by
// kill -9, its IPC channel closes, and the child stops as if it had been asked to.
if (process.channel) {
  process.channel.unref();
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 5000).unref();
  });
}
