package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.testkit.checking.Violations;

/** Runs things of this process on the real backend inside its checks. */
public final class Checked {
  /** The name under which the testkit offers the default backend. */
  public static final String BACKEND = "checking-" + Pmf.DEFAULT_BACKEND;

  private static final Set<String> COMPUTING =
      Set.of("train", "evaluate", "predict", "encode", "export", "pretrain", "demo");

  private Checked() {}

  /** Opens it. */
  public static Pmf open() {
    return Pmf.open(BACKEND, BackendOptions.DEFAULT);
  }

  /** The words of a command, which computes on it unless they name another backend. */
  public static String[] words(List<String> words) {
    List<String> all = new ArrayList<>(words);
    if (!words.isEmpty() && COMPUTING.contains(words.get(0))) {
      all.addAll(1, List.of("--backend", BACKEND));
    }
    return all.toArray(String[]::new);
  }

  /** Fails on what it found since the last call: also what the failure of a command has covered. */
  public static void foundNothing() {
    assertThat(Violations.OF_PROCESS.take()).extracting(Throwable::getMessage).isEmpty();
  }
}
