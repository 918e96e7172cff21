package org.pmf4j.cli.cache;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.Quote;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.trunk.TrunkCache;

/** Caches as rows for people and for programs. */
final class CacheRows {
  private CacheRows() {}

  /** Prints them by their place in the folder. */
  static void print(Path folder, List<TrunkCache> caches, PrintStream out) {
    out.println("in " + Quote.plain(folder.toString()) + ":");
    TextTable table =
        new TextTable("cache", "encoder", "samples", "size", "made", "last used").words(2);
    Instant now = Instant.now();
    for (TrunkCache c : caches) {
      table.row(
          name(folder, c),
          c.encoder(),
          String.format(Locale.ROOT, "%,d", c.entries()),
          Numbers.bytes((double) c.bytes()),
          age(Duration.between(c.made(), now)) + " ago",
          age(Duration.between(c.used(), now)) + " ago");
    }
    table.print(out);
  }

  /** The place of a cache in the folder that was looked through. */
  static String name(Path folder, TrunkCache cache) {
    Path real = TrunkPlace.real(folder);
    return real.equals(cache.folder()) || !cache.folder().startsWith(real)
        ? cache.folder().toString()
        : real.relativize(cache.folder()).toString();
  }

  /** {@code 2 caches, 3.4 GB}. */
  static String sum(List<TrunkCache> caches) {
    long bytes = caches.stream().mapToLong(TrunkCache::bytes).sum();
    String number = caches.size() == 1 ? "1 cache" : caches.size() + " caches";
    return number + ", " + Numbers.bytes((double) bytes);
  }

  static Map<String, Object> json(TrunkCache cache) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", cache.folder().toString());
    row.put("encoder", cache.encoder());
    row.put("samples", cache.entries());
    row.put("bytes", cache.bytes());
    row.put("made", cache.made().toString());
    row.put("used", cache.used().toString());
    return row;
  }

  private static String age(Duration age) {
    if (age.toMinutes() < 60) {
      return Math.max(0, age.toMinutes()) + " min";
    }
    return age.toHours() < 48 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
