package org.pmf4j.cli.cache;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.json.Json;
import org.pmf4j.cli.console.Console;
import org.pmf4j.core.trunk.TrunkCache;
import org.pmf4j.core.trunk.TrunkCaches;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf cache prune}. For one thread at a time. */
@Command(
    name = "prune",
    description = {
      "Removes caches of what frozen layers computed: those that were not used for some time, and"
          + " those used longest ago until the rest is small enough.",
      "",
      "A cache that a run uses stays. What is removed is computed anew when it is needed. Nothing"
          + " else is touched, whatever the folder holds."
    },
    footer = {
      "",
      "Examples:",
      "  pmf cache prune --older-than 30d --dry-run",
      "  pmf cache prune --older-than 30d --max-size 10GB"
    })
final class PruneCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CacheFolder folder = new CacheFolder();

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      converter = Span.class,
      description = "remove caches that were used last before so much time: 90m, 12h, 30d, 8w")
  private Duration olderThan;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "then remove those used longest ago until so much is left: 500MB, 10GB, 1.5GiB")
  private Long maxSize;

  @Option(names = "--dry-run", description = "remove nothing, and tell what would be removed")
  private boolean dryRun;

  @Option(names = "--json", description = "tell it as JSON, for programs; times are in UTC")
  private boolean json;

  PruneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (olderThan == null && maxSize == null) {
      throw PmfException.usage("give --older-than, --max-size or both");
    }
    List<TrunkCache> all = folder.caches();
    List<TrunkCache> removed = new ArrayList<>();
    List<TrunkCache> used = new ArrayList<>();
    for (TrunkCache cache : new PruneChoice(olderThan, maxSize).of(all, Instant.now())) {
      console.progress().checkStop("before all caches were removed");
      (dryRun || TrunkCaches.remove(cache) ? removed : used).add(cache);
    }
    if (json) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("folder", folder.path().toString());
      told.put("dry_run", dryRun);
      told.put("removed", removed.stream().map(CacheRows::json).toList());
      told.put("in_use", used.stream().map(CacheRows::json).toList());
      console.out().print(Json.text(told));
    } else {
      print(all.size(), removed, used, console.out());
    }
    return 0;
  }

  private void print(int all, List<TrunkCache> removed, List<TrunkCache> used, PrintStream out) {
    if (!removed.isEmpty()) {
      CacheRows.print(folder.path(), removed, out);
    }
    out.println((dryRun ? "would remove " : "removed ") + CacheRows.sum(removed) + " of " + all);
    used.forEach(c -> out.println("in use, and kept: " + CacheRows.name(folder.path(), c)));
  }
}
