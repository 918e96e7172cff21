package org.pmf4j.testkit.message;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.pmf4j.api.error.PmfException;

/** The messages of our exceptions in a recording, in the order in which they were made. */
final class ProvokedMessages {
  /** What the recorder calls the making of an exception. */
  static final String EVENT = "jdk.JavaExceptionThrow";

  private record Provoked(String message, boolean input, String where) {}

  private final Map<String, Provoked> all = new LinkedHashMap<>();

  private ProvokedMessages() {}

  /** Those of a file, less the exceptions that tests made themselves. */
  static ProvokedMessages read(Path file) throws IOException {
    ProvokedMessages messages = new ProvokedMessages();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (event.getEventType().getName().equals(EVENT)
            && event.getClass("thrownClass").getName().equals(PmfException.class.getName())) {
          messages.add(event);
        }
      }
    }
    return messages;
  }

  private void add(RecordedEvent event) {
    String message = String.valueOf(event.getString("message"));
    RecordedStackTrace trace = event.getStackTrace();
    List<RecordedMethod> methods =
        trace == null
            ? List.of()
            : trace.getFrames().stream().map(RecordedFrame::getMethod).toList();
    Optional<RecordedMethod> maker =
        methods.stream().filter(m -> !isExceptionItself(m.getType().getName())).findFirst();
    if (maker.isPresent() && isOfTests(maker.get().getType().getName())) {
      return;
    }
    boolean input =
        methods.stream()
            .anyMatch(
                m ->
                    m.getType().getName().equals(PmfException.class.getName())
                        && m.getName().equals("input"));
    String by = maker.map(ProvokedMessages::name).orElse("?");
    String test =
        methods.stream()
            .filter(m -> isOfTests(m.getType().getName()))
            .findFirst()
            .map(m -> ", in " + name(m))
            .orElse("");
    all.putIfAbsent(message, new Provoked(message, input, by + test));
  }

  /** A line for each message that breaks a rule: the rule, the message, who made it. */
  List<String> offences() {
    List<String> offences = new ArrayList<>();
    for (Provoked provoked : all.values()) {
      List<String> broken = new ArrayList<>(MessageRules.offences(provoked.message()));
      if (provoked.input() && !MessageRules.namesAPlace(provoked.message()) && !isTold(provoked)) {
        broken.add("names no file or place");
      }
      if (!broken.isEmpty()) {
        offences.add(
            String.format(
                Locale.ROOT,
                "- %s: %s [%s]",
                String.join("; ", broken),
                MessageRules.visible(provoked.message()),
                provoked.where()));
      }
    }
    return offences;
  }

  /** True if another message repeats this one, as where a caller puts the file before it. */
  private boolean isTold(Provoked inner) {
    return all.values().stream()
        .anyMatch(
            outer ->
                !outer.equals(inner)
                    && outer.message().contains(inner.message())
                    && MessageRules.namesAPlace(outer.message()));
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }

  private static boolean isExceptionItself(String type) {
    return type.startsWith("java.lang.")
        || type.startsWith("jdk.")
        || type.equals(PmfException.class.getName());
  }

  /** True of classes of ours that lie in a folder of test classes. */
  private static boolean isOfTests(String type) {
    if (!type.startsWith("org.pmf4j.")) {
      return false;
    }
    URL file = ProvokedMessages.class.getResource("/" + type.replace('.', '/') + ".class");
    return file != null && file.getPath().contains("/test-classes/");
  }
}
