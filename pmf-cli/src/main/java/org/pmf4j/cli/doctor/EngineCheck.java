package org.pmf4j.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.process.ChildJvm;
import org.pmf4j.bench.speed.EngineTask;
import org.pmf4j.cli.option.PluginOption;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;

/** Opens each backend in a process of its own. */
final class EngineCheck {
  /** Below this a processor of the last ten years does not compute as it could. */
  private static final double SLOW_GFLOPS = 20;

  private EngineCheck() {}

  static List<Finding> findings(PluginOption plugins, Progress progress) {
    try (PluginRegistry registry = plugins.discover()) {
      List<Finding> all = new ArrayList<>();
      for (String backend : new TreeSet<>(registry.backends().all().keySet())) {
        all.add(finding(backend, plugins.folder().map(Path::toString).orElse(null), progress));
      }
      if (all.isEmpty()) {
        all.add(
            Finding.missing("backends", "none", "put org.pmf4j:pmf-backend-djl on the class path"));
      }
      return all;
    }
  }

  private static Finding finding(String backend, String plugins, Progress progress) {
    String subject = "backend " + backend;
    try {
      EngineTask.Output opened =
          ChildJvm.likeThis()
              .run(
                  subject,
                  EngineTask.class,
                  new EngineTask.Input(backend, plugins),
                  EngineTask.Output.class,
                  progress);
      String found =
          String.format(
              Locale.ROOT,
              "%s on %s, %d threads, opens in %.1f s, %.0f GFLOP/s; %s",
              opened.engine(),
              opened.device(),
              opened.threads(),
              opened.openSeconds(),
              opened.gflops(),
              String.join(", ", opened.capabilities()));
      return opened.gflops() < SLOW_GFLOPS
          ? Finding.slow(
              subject, found, "look for what else computes now, or for a limit of processor time")
          : Finding.ok(subject, found);
    } catch (PmfException e) {
      if (progress.stopRequested()) {
        throw e;
      }
      return Finding.missing(
          subject, e.getMessage(), "choose another --backend, or bring its libraries in order");
    }
  }
}
