package org.pmf4j.cli.train;

import java.io.PrintStream;
import java.nio.file.Path;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.console.ShellWord;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.Split;

/** What is told of a table that was cut for training. */
final class SplitLines {
  private SplitLines() {}

  static void print(Path model, TableLocation table, PrintStream out) {
    new ModelDirectory(model).split().ifPresent(split -> print(split, model, table, out));
  }

  private static void print(Split split, Path model, TableLocation table, PrintStream out) {
    Facts facts = new Facts();
    facts.add("rows", split + ", in split.json");
    if (split.has(Part.TEST)) {
      facts.add(
          "next",
          "pmf evaluate --model "
              + ShellWord.of(model.toString())
              + " --data "
              + ShellWord.of(table.name())
              + table.query().map(q -> " --query " + ShellWord.of(q)).orElse("")
              + " --part test");
    }
    out.println();
    facts.print(out);
  }
}
