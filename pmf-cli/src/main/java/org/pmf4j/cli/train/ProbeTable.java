package org.pmf4j.cli.train;

import java.io.PrintStream;
import java.util.Locale;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.probe.ProbeComparison;
import org.pmf4j.core.probe.ProbeScore;
import org.pmf4j.core.probe.Score;

/** What linear probes of the encoders reach beside the fused model. */
final class ProbeTable {
  private ProbeTable() {}

  static void print(ProbeComparison compared, PrintStream out) {
    TextTable table =
        new TextTable("", compared.metric().key(), "95 % interval", "fusion minus it", "95 %");
    table.row("fusion", number(compared.fusion()), interval(compared.fusion()), "", "");
    for (ProbeScore p : compared.probes()) {
      Score d = p.difference();
      table.row(
          p.name(),
          number(p.score()),
          interval(p.score()),
          String.format(Locale.ROOT, "%+.4f", d.value()),
          String.format(Locale.ROOT, "%+.4f to %+.4f", d.interval().low(), d.interval().high()));
    }
    out.println();
    table.print(out);
    out.println();
    out.println(Quote.plain(compared.sentence()));
  }

  private static String number(Score score) {
    return String.format(Locale.ROOT, "%.4f", score.value());
  }

  private static String interval(Score score) {
    return String.format(
        Locale.ROOT, "%.4f to %.4f", score.interval().low(), score.interval().high());
  }
}
