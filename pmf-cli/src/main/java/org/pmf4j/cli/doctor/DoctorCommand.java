package org.pmf4j.cli.doctor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.PluginOption;
import org.pmf4j.cli.start.StartArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf doctor}. For one thread at a time. */
@Command(
    name = "doctor",
    description = {
      "Looks at Java, the machine, engines and folders, and tells what is slow or missing, and what"
          + " to do. Nothing is changed or fetched.",
      "",
      "The exit code is 1 where something is missing."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PluginOption plugins = new PluginOption();

  @Option(names = "--json", description = "tell it as JSON, for programs")
  private boolean json;

  /** A command that writes to {@code console}. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Finding> all = new ArrayList<>();
    all.addAll(JavaCheck.findings());
    all.add(StartCheck.of(StartArchive.ofProcess()));
    all.addAll(MachineCheck.findings());
    all.addAll(EngineCheck.findings(plugins, console.progress()));
    all.addAll(FolderCheck.findings());
    if (json) {
      console.out().print(json(all));
    } else {
      print(all, console.out());
    }
    return all.stream().anyMatch(f -> f.state() == Finding.State.MISSING) ? 1 : 0;
  }

  private static String json(List<Finding> all) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Finding f : all) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("subject", f.subject());
      row.put("state", f.state().name().toLowerCase(Locale.ROOT));
      row.put("found", f.found());
      if (f.advice() != null) {
        row.put("advice", f.advice());
      }
      rows.add(row);
    }
    return Json.text(Map.of("findings", rows));
  }

  private static void print(List<Finding> all, PrintStream out) {
    int width = all.stream().mapToInt(f -> f.subject().length()).max().orElse(0) + 2;
    for (Finding f : all) {
      String state = String.format(Locale.ROOT, "%-9s", f.state().name().toLowerCase(Locale.ROOT));
      String gap = " ".repeat(width - f.subject().length());
      out.println(state + f.subject() + gap + Quote.plain(f.found()));
      if (f.advice() != null) {
        out.println(" ".repeat(state.length() + width) + "→ " + Quote.plain(f.advice()));
      }
    }
    long bad = all.stream().filter(f -> f.state() != Finding.State.OK).count();
    out.println();
    out.println(bad == 0 ? "all is well" : bad + " of " + all.size() + " could be better");
  }
}
