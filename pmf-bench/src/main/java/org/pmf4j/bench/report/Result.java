package org.pmf4j.bench.report;

import java.nio.file.Path;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.report.Details;
import org.pmf4j.report.Report;

/**
 * The two files of a result, in one folder. Immutable, so that any number of threads may share it.
 *
 * @param json the figures as records
 * @param html the page
 */
public record Result(Path json, Path html) {

  /** The files {@code <name>.json} and {@code <name>.html}. */
  public static Result in(Path folder, String name) {
    return new Result(folder.resolve(name + ".json"), folder.resolve(name + ".html"));
  }

  /**
   * Writes both, the page with a last section on where the figures come from.
   *
   * @throws org.pmf4j.api.error.PmfException naming the file and the reason, if one cannot be
   *     written
   */
  public void write(Object figures, Report page, Provenance origin) {
    JsonFile.write(json, figures);
    page.with(new Details("Machine, versions, command", origin.facts())).write(html);
  }
}
