package org.pmf4j.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.ContentHash;
import org.pmf4j.core.data.LabelScan;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.split.Split;
import org.pmf4j.core.split.SplitFile;
import org.pmf4j.core.split.SplitRule;
import org.pmf4j.core.split.Splitter;
import org.pmf4j.core.training.Checkpoints;
import org.pmf4j.core.training.TrainingListener.Decision;

/**
 * Cuts the table of a run. The split stands beside the checkpoints under a name that its content
 * gives, which they hold, so that a run goes on with the rows that it began with.
 */
final class TrainSplit {
  /** What checkpoints call it. */
  static final String SETTING = "split";

  private final Optional<Path> checkpoints;
  private final TableFormats formats;
  private final Progress progress;

  private TrainSplit(Optional<Path> checkpoints, TableFormats formats, Progress progress) {
    this.checkpoints = checkpoints;
    this.formats = formats;
    this.progress = progress;
  }

  /** Of a run that may be gone on with. */
  static TrainSplit in(RunFolder folder, TableFormats formats, Progress progress) {
    Optional<Path> from =
        folder.resumes() ? Optional.of(folder.directory().checkpoints()) : Optional.empty();
    return new TrainSplit(from, formats, progress);
  }

  /** Of a run that begins. */
  static TrainSplit anew(TableFormats formats, Progress progress) {
    return new TrainSplit(Optional.empty(), formats, progress);
  }

  /**
   * What came of a table.
   *
   * @param config for the rows of the parts; the one that was given where nothing is to be cut
   * @param split if it was cut
   * @param decisions that the table has made
   */
  record Cut(TrainConfig config, Optional<Split> split, List<Decision> decisions) {}

  /**
   * Cuts the table of a run.
   *
   * @param modalities by encoder, what reads its cells
   * @throws PmfException if the table cannot be cut so, or was cut otherwise before
   */
  Cut cut(TrainConfig config, Named<Modality> modalities) {
    Optional<Split> earlier = earlier();
    Asked asked = asked(config, earlier.map(Split::rule));
    if (earlier.isPresent() && !earlier.map(Split::rule).equals(asked.rule())) {
      throw PmfException.usage(
          "cannot resume: split was "
              + earlier.get().rule()
              + " and is now "
              + asked.rule().map(String::valueOf).orElse(Checkpoints.NONE)
              + "; use the old setting, or start anew in another folder");
    }
    Optional<Split> split = earlier.or(() -> split(asked.config(), asked.rule(), modalities));
    TrainConfig told = asked.config();
    return new Cut(split.map(told::cut).orElse(told), split, asked.decisions());
  }

  /**
   * How a table is to be cut.
   *
   * @param config whose task is told where the table is cut
   * @param rule if it is
   * @param decisions that the table has made
   */
  private record Asked(TrainConfig config, Optional<SplitRule> rule, List<Decision> decisions) {}

  private Asked asked(TrainConfig config, Optional<SplitRule> earlier) {
    boolean open = config.isSplitOpen();
    if (open && checkpoints.isPresent()) {
      return new Asked(config, earlier, List.of());
    }
    if (!open && (config.split().isEmpty() || !config.choices().isTaskOpen())) {
      return new Asked(config, config.split(), List.of());
    }
    LabelScan seen = LabelScan.of(formats, config.tables(), config.data(), progress);
    List<Decision> decisions = new ArrayList<>();
    Optional<SplitRule> rule = config.split();
    if (open) {
      UsualSplit usual = UsualSplit.of(seen, config);
      decisions.add(usual.decision());
      rule = usual.rule();
    }
    TrainConfig told = config;
    if (rule.isPresent() && config.choices().isTaskOpen()) {
      told = config.with(config.choices().with(seen.task().kind()));
      decisions.add(0, RunDecisions.taskOf(seen.task()));
    }
    return new Asked(told, rule, decisions);
  }

  private Optional<Split> split(
      TrainConfig config, Optional<SplitRule> rule, Named<Modality> modalities) {
    TableReader reader = TableReader.of(formats, config.tables());
    return rule.map(
        r ->
            new Splitter(reader, modalities.asMap())
                .split(config.data(), config.task(), r, progress));
  }

  private Optional<Split> earlier() {
    return checkpoints
        .flatMap(folder -> Checkpoints.setting(folder, SETTING).map(saved -> file(folder, saved)))
        .filter(Files::exists)
        .map(SplitFile::read);
  }

  /**
   * Writes a split beside the checkpoints.
   *
   * @return by what it is found again
   */
  static String keep(Split split, ModelDirectory directory) {
    String text = SplitFile.text(split, Optional.empty());
    String hash = ContentHash.of(text);
    AtomicFile.createFolders(directory.checkpoints());
    AtomicFile.write(file(directory.checkpoints(), hash), text);
    return hash;
  }

  /** Whatever was saved, in the folder and nowhere else. */
  private static Path file(Path folder, String hash) {
    String plain = hash.replaceAll("[^0-9a-f]", "");
    return folder.resolve("split-" + plain.substring(0, Math.min(16, plain.length())) + ".json");
  }
}
