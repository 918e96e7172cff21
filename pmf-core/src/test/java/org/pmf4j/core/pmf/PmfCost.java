package org.pmf4j.core.pmf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.plugin.PluginRegistry;

/**
 * Measures what a training step costs at ViT-base and BERT-base sizes: the paper's whole layers
 * against queries over memory, with the trunk computed in the step and with it cached. The variants
 * take turns in one process. Not a test: run its main method, for times with the number of rounds,
 * for peak memory with {@code memory} and the number of a variant, each in a process of its own. A
 * last argument names the backend.
 */
public final class PmfCost {
  private PmfCost() {}

  /** Runs a measurement. */
  public static void main(String[] args) throws IOException {
    List<String> words = new ArrayList<>(List.of(args));
    boolean named = !words.isEmpty() && words.get(words.size() - 1).matches("[a-z].*");
    String name = named ? words.remove(words.size() - 1) : Pmf.DEFAULT_BACKEND;
    PluginRegistry plugins = PluginRegistry.discover(PmfCost.class.getClassLoader());
    try (Backend backend = plugins.backends().get(name).open(BackendOptions.DEFAULT);
        CostWork work = new CostWork(backend, plugins)) {
      System.out.printf(
          "%s: trained %,d of %,d weights, %.2f %%%n",
          backend.info().engine(),
          work.trained(),
          work.total(),
          100.0 * work.trained() / work.total());
      if (words.size() == 2) {
        memory(work, Integer.parseInt(words.get(1)));
      } else {
        time(work, words.isEmpty() ? 7 : Integer.parseInt(words.get(0)));
      }
    }
  }

  /** Peak resident memory of three runs of one variant, above what was there before the first. */
  private static void memory(CostWork work, int number) throws IOException {
    List<Map.Entry<String, Runnable>> variants = new ArrayList<>(work.variants().entrySet());
    Runnable variant = variants.get(number).getValue();
    long peak =
        ProcessMemory.peakAbove(
            () -> {
              for (int i = 0; i < 3; i++) {
                variant.run();
              }
            });
    System.out.printf(
        "%-45s peak memory above weights and inputs %d MB%n", variants.get(number).getKey(), peak);
  }

  private static void time(CostWork work, int rounds) {
    Map<String, Runnable> variants = work.variants();
    Rounds times = Rounds.of(variants, rounds);
    List<String> names = new ArrayList<>(variants.keySet());
    for (String name : names) {
      String base = names.get(name.startsWith("step") ? 0 : 5);
      System.out.printf(
          "%-45s median %8.0f ms, %5.2f times as fast%n",
          name, times.median(name), times.ratio(base, name));
    }
  }
}
