package org.pmf4j.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Set;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.progress.StopSignals;
import org.pmf4j.core.progress.StopSignals.Received;

/**
 * What a command does at Ctrl-C, SIGTERM and SIGHUP: it ends at the next step, and at once at the
 * second signal. A command that leaves nothing to go on with is not waited for longer than a user
 * would.
 */
final class Stopping {
  /** Of a command that hears no signals; an interrupt of its thread counts as Ctrl-C. */
  static final Stopping NONE = new Stopping();

  private static final Received INTERRUPT = new Received("INT", 2);
  private static final int PATIENCE = 3_000;

  /**
   * Commands that leave a checkpoint, for which a step may take its time, and the one that answers
   * what it has accepted.
   */
  private static final Set<String> LONG = Set.of("train", "pretrain", "bench", "demo", "serve");

  private StopSignals signals;

  private Stopping() {}

  /**
   * Hears the signals from now on.
   *
   * @param args the words of the command line
   */
  static Stopping hear(String[] args, PrintStream err) {
    Stopping stopping = new Stopping();
    boolean waits = Arrays.stream(args).anyMatch(LONG::contains);
    stopping.signals =
        StopSignals.install(
            signal -> {
              if (!waits) {
                endSoon(signal, err);
              }
            });
    return stopping;
  }

  /** Exit handlers of native libraries must not run under what still computes: none do here. */
  private static void endSoon(Received signal, PrintStream err) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE);
              } catch (InterruptedException e) {
                return;
              }
              err.println("pmf: stopped by SIG" + signal.name());
              err.flush();
              StopSignals.end(signal);
            },
            "pmf-stop");
    thread.setDaemon(true);
    thread.start();
  }

  /** True once there was a signal. */
  boolean requested() {
    return signals != null && signals.requested();
  }

  /** What a command that was stopped ends with. */
  int exitCode() {
    Received received = signals == null ? null : signals.received();
    return (received == null ? INTERRUPT : received).exitCode();
  }

  /** True for the end of work that was asked to stop. */
  static boolean isStop(Throwable e) {
    return e instanceof PmfException known && known.kind() == ErrorKind.STOPPED;
  }
}
