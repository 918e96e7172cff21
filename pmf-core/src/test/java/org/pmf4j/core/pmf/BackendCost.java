package org.pmf4j.core.pmf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.plugin.PluginRegistry;

/**
 * Measures the same work on every backend found, taking turns in one process, and each beside a
 * plain matrix product of its own engine. Not a test: run its main method with the number of
 * rounds.
 */
public final class BackendCost {
  private static final List<String> WORK =
      List.of(
          "step, queries over memory, trunk computed",
          "step, queries over memory, trunk cached",
          "inference, queries over memory");

  private BackendCost() {}

  /** Runs the measurement. */
  public static void main(String[] args) {
    PluginRegistry plugins = PluginRegistry.discover(BackendCost.class.getClassLoader());
    Map<String, Runnable> turns = new LinkedHashMap<>();
    List<String> names =
        plugins.backends().all().keySet().stream()
            .filter(name -> !name.startsWith("checking-"))
            .sorted()
            .toList();
    List<AutoCloseable> open = new ArrayList<>();
    for (String name : names) {
      Backend backend = plugins.backends().get(name).open(BackendOptions.DEFAULT);
      CostWork work = new CostWork(backend, plugins);
      open.add(0, backend);
      open.add(0, work);
      System.out.printf("%s: %s%n", name, backend.info());
      turns.put(name + "/gemm", work.gemm());
      Map<String, Runnable> variants = work.variants();
      WORK.forEach(w -> turns.put(name + "/" + w, variants.get(w)));
    }
    Rounds times = Rounds.of(turns, args.length == 0 ? 7 : Integer.parseInt(args[0]));
    for (String name : names) {
      String gemm = name + "/gemm";
      System.out.printf(
          "%-5s %-45s %8.0f ms, %.0f GFLOP/s%n",
          name, "gemm", times.median(gemm), 2 * Math.pow(2048, 3) / times.median(gemm) / 1e6);
      for (String w : WORK) {
        String mine = name + "/" + w;
        System.out.printf(
            "%-5s %-45s %8.0f ms, %5.1f products, %4.2f of %s%n",
            name,
            w,
            times.median(mine),
            times.ratio(mine, gemm),
            times.ratio(mine, names.get(0) + "/" + w),
            names.get(0));
      }
    }
    for (AutoCloseable c : open) {
      close(c);
    }
  }

  private static void close(AutoCloseable c) {
    try {
      c.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
