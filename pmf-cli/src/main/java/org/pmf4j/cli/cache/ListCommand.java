package org.pmf4j.cli.cache;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.trunk.TrunkCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf cache list}. For one thread at a time. */
@Command(
    name = "list",
    description = {
      "Lists the caches of what frozen layers computed, each with its encoder, samples, size, age"
          + " and last use; then what else is kept between runs."
    })
final class ListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CacheFolder folder = new CacheFolder();

  @Option(names = "--json", description = "tell it as JSON, for programs; times are in UTC")
  private boolean json;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<TrunkCache> caches = folder.caches();
    List<KeptFolder> others = KeptFolder.others().stream().filter(KeptFolder::exists).toList();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("folder", folder.path().toString());
      all.put("caches", caches.stream().map(CacheRows::json).toList());
      all.put("others", others.stream().map(ListCommand::json).toList());
      console.out().print(Json.text(all));
    } else {
      print(caches, others, console.out());
    }
    return 0;
  }

  private static Map<String, Object> json(KeptFolder folder) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("what", folder.subject());
    row.put("path", folder.path().toString());
    row.put("bytes", folder.bytes());
    return row;
  }

  private void print(List<TrunkCache> caches, List<KeptFolder> others, PrintStream out) {
    if (caches.isEmpty()) {
      out.println("no cache of trunk outputs in " + Quote.plain(folder.path().toString()));
    } else {
      CacheRows.print(folder.path(), caches, out);
      out.println(CacheRows.sum(caches));
    }
    if (!others.isEmpty()) {
      out.println();
      out.println("also kept between runs, and not pruned:");
      TextTable table = new TextTable("what", "folder", "size").words(2);
      others.forEach(
          f -> table.row(f.subject(), f.path().toString(), Numbers.bytes((double) f.bytes())));
      table.print(out);
    }
  }
}
