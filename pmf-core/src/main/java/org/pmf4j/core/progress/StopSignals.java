package org.pmf4j.core.progress;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Ctrl-C, SIGTERM and SIGHUP, heard by a command instead of the virtual machine. Left to itself,
 * the machine would run the exit handlers of native libraries under a computation that still runs,
 * which then reads what they have freed. The first signal asks the work to stop; the second ends
 * the process at once, by the system's own default, which runs no handlers at all.
 *
 * <p>The JDK has this in {@code sun.misc.Signal} of its module {@code jdk.unsupported}. Where that
 * is not there, or was forbidden by {@code -Xrs}, signals keep their usual meaning. For one thread
 * at a time.
 */
public final class StopSignals {
  private static final List<Received> HEARD =
      List.of(new Received("HUP", 1), new Received("INT", 2), new Received("TERM", 15));

  private final AtomicReference<Received> first = new AtomicReference<>();
  private final Consumer<Received> onFirst;

  private StopSignals(Consumer<Received> onFirst) {
    this.onFirst = onFirst;
  }

  /**
   * A signal.
   *
   * @param name without SIG
   * @param number as POSIX counts it
   */
  public record Received(String name, int number) {
    /** The exit code that shells give to what a signal has ended. */
    public int exitCode() {
      return 128 + number;
    }
  }

  /**
   * Hears the signals from now on. One that the process was started to ignore, as {@code nohup}
   * does, stays ignored.
   *
   * @param onFirst told of the first, on a thread of its own
   */
  public static StopSignals install(Consumer<Received> onFirst) {
    StopSignals signals = new StopSignals(onFirst);
    for (Received signal : HEARD) {
      signals.hear(signal);
    }
    return signals;
  }

  /** True once there was a signal. */
  public boolean requested() {
    return first.get() != null;
  }

  /** The first signal, or null if there was none. */
  public Received received() {
    return first.get();
  }

  private void hear(Received signal) {
    try {
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, args) -> answer(signal, proxy, method.getName(), args));
      handle(signal, handler);
    } catch (ReflectiveOperationException | LinkageError e) {
      return; // signals keep their usual meaning
    }
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  private Object answer(Received signal, Object proxy, String method, Object[] args) {
    return switch (method) {
      case "handle" -> {
        came(signal);
        yield null;
      }
      case "equals" -> proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "stop signals";
    };
  }

  private void came(Received signal) {
    if (first.compareAndSet(null, signal)) {
      onFirst.accept(signal);
    } else {
      end(signal);
    }
  }

  /** Ends this process as the signal does where nobody hears it: no exit handler runs. */
  public static void end(Received signal) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      handle(signal, handlers.getField("SIG_DFL").get(null));
      signals.getMethod("raise", signals).invoke(null, named(signals, signal));
      // The system delivers it to this thread before the call returns
    } catch (ReflectiveOperationException | LinkageError e) {
      Runtime.getRuntime().halt(signal.exitCode());
    }
    Runtime.getRuntime().halt(signal.exitCode());
  }

  private static void handle(Received signal, Object handler) throws ReflectiveOperationException {
    Class<?> signals = Class.forName("sun.misc.Signal");
    Class<?> handlers = Class.forName("sun.misc.SignalHandler");
    try {
      signals.getMethod("handle", signals, handlers).invoke(null, named(signals, signal), handler);
    } catch (InvocationTargetException e) {
      return; // taken by the virtual machine or unknown to the system: it keeps its usual meaning
    }
  }

  private static Object named(Class<?> signals, Received signal)
      throws ReflectiveOperationException {
    return signals.getConstructor(String.class).newInstance(signal.name());
  }
}
