package org.pmf4j.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.cli.console.ShellCommand;
import org.pmf4j.cli.pretrain.PretrainWords;
import org.pmf4j.console.Durations;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.pretrain.PretrainReport;
import org.pmf4j.core.training.Trainer;
import org.pmf4j.core.training.TrainingListener;

/**
 * What is told of encoders that training makes: what was decided, the command that says it in full,
 * their epochs, and what came of it. For one thread at a time.
 */
final class EncoderLines implements EncoderMaking {
  private final PrintStream out;

  EncoderLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public TrainingListener begins(PretrainConfig how, int rows) {
    List<String> columns = how.tables().columns().of(how.modality());
    Sizes sizes = ((InitialEncoder.Scratch) how.origin()).sizes();
    String name = Quote.name(how.modality());
    line(
        "encoder %s is made of %,d rows and %s, by their labels: width %d, depth %d; %s",
        name,
        rows,
        columns.size() == 1 ? "1 column" : columns.size() + " columns",
        sizes.width(),
        sizes.depth(),
        how.validation().isPresent()
            ? "the validation rows choose its epoch"
            : "without validation rows, so that nothing tells when to stop");
    if (how.data().rows().isEmpty()) {
      line("in full, for an encoder of your own: %s", ShellCommand.typed(PretrainWords.of(how)));
    } else {
      line("for an encoder of your own, give 'pmf pretrain' the parts as tables of their own");
    }
    // Its progress is shown; a line for each of its epochs would hide those of the model
    return epoch -> {};
  }

  @Override
  public void ended(PretrainReport report) {
    Map<String, Double> measured = report.validation();
    line(
        "encoder %s: %,d weights, %s%s, %s%n",
        Quote.plain(report.encoder().toString()),
        report.parameters(),
        epochs(report.outcome()),
        measured.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, ", %s %.4f", e.getKey(), e.getValue()))
            .collect(Collectors.joining()),
        Durations.text(report.seconds()));
  }

  private static String epochs(Trainer.Outcome outcome) {
    return outcome.bestEpoch() == 0
        ? outcome.epochs() + " epochs"
        : "epoch " + outcome.bestEpoch() + " of " + outcome.epochs();
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
