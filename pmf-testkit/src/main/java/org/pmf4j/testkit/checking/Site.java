package org.pmf4j.testkit.checking;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place in the program: the innermost calls of neither the JDK, the tensor API nor this package,
 * up to the test framework, and the thread. Line numbers are looked up when it is shown.
 */
final class Site {
  private static final int FRAMES = 8;
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final List<String> PASSED_OVER =
      List.of(
          Site.class.getPackageName() + ".",
          "org.pmf4j.api.tensor.",
          "org.pmf4j.api.lifetime.",
          "org.assertj.",
          "java.",
          "jdk.");

  private final List<StackFrame> frames;
  private final String thread;

  private Site(List<StackFrame> frames, String thread) {
    this.frames = frames;
    this.thread = thread;
  }

  /** Where the caller was called from. */
  static Site here() {
    return new Site(WALKER.walk(Site::innermost), Thread.currentThread().getName());
  }

  private static List<StackFrame> innermost(Stream<StackFrame> frames) {
    return frames
        .takeWhile(f -> !f.getClassName().startsWith("org.junit."))
        .filter(f -> PASSED_OVER.stream().noneMatch(f.getClassName()::startsWith))
        .limit(FRAMES)
        .toList();
  }

  @Override
  public String toString() {
    return frames.stream()
        .map(f -> simple(f.getClassName()) + "." + f.getMethodName() + line(f))
        .collect(Collectors.joining(" < ", "", " (thread " + thread + ")"));
  }

  private static String line(StackFrame frame) {
    return "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
