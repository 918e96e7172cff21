package org.pmf4j.djl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;

/**
 * DJL looks for engines and native libraries through the thread's class loader, which a host (a
 * servlet container, a plugin's host, a thread pool) sets to its own. While DJL looks, it is the
 * one that this backend, and so DJL, came from.
 */
final class OwnClassLoader {
  private OwnClassLoader() {}

  /** Marks the one place that sets the thread's class loader, and sets it back. */
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.METHOD)
  private @interface DependsOnProcess {}

  /** Calls {@code body} with the class loader of this class as the thread's. */
  @DependsOnProcess
  static <T> T within(Supplier<T> body) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
    try {
      return body.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
