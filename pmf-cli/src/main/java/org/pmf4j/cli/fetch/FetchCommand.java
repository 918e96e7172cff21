package org.pmf4j.cli.fetch;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.console.Console;
import org.pmf4j.hub.HubEnvironment;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.fetch.FetchListener;
import org.pmf4j.hub.fetch.Fetched;
import org.pmf4j.hub.fetch.HubFetcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** {@code pmf fetch}. For one thread at a time. */
@Command(
    name = "fetch",
    description = {
      "Fetches encoders from the Hugging Face hub into its cache, which Python's libraries share:"
          + " configuration, tokenizer or processor, and weights.",
      "",
      "No other command goes to the network; --encoder NAME=hf:ORG/NAME uses what was fetched."
          + " Read from the environment: HF_TOKEN for private and gated models, HF_HOME and"
          + " HF_HUB_CACHE for the place of the cache, HF_ENDPOINT, HF_HUB_OFFLINE, https_proxy and"
          + " no_proxy."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf fetch google-bert/bert-base-uncased google/vit-base-patch16-224",
      "  pmf fetch facebook/dinov2-small@refs/pr/2",
      "  pmf fetch stable-diffusion-v1-5/stable-diffusion-v1-5//text_encoder"
    })
public final class FetchCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "ORG/NAME[@REVISION][//FOLDER]",
      converter = Model.class,
      description =
          "models; the revision is a branch, a tag or a commit (default: main), the folder one of the"
              + " model's that an encoder is in")
  private List<HubModel> models;

  /** A command that writes to {@code console}. */
  public FetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    HubFetcher fetcher = new HubFetcher(HubEnvironment.ofProcess());
    FetchListener listener = new FetchProgress(console.progress(), console.err());
    for (HubModel model : models) {
      tell(fetcher.fetch(model, listener), console);
    }
    return 0;
  }

  private static void tell(Fetched fetched, Console console) {
    String name = HubModel.PREFIX + fetched.model();
    fetched
        .unasked()
        .ifPresent(
            why ->
                console
                    .err()
                    .println(name + ": " + Quote.plain(why) + "; taken as the cache has it"));
    PrintStream out = console.out();
    out.println(
        String.format(
            Locale.ROOT,
            "%s is commit %s, %s: %s",
            name,
            fetched.commit(),
            fetched.bytes() == 0
                ? "all in the cache"
                : String.format(Locale.ROOT, "%.1f MB fetched", fetched.bytes() / MEGABYTE),
            Quote.plain(fetched.directory().toString())));
  }

  /** Reads the name of a model. */
  static final class Model implements ITypeConverter<HubModel> {
    @Override
    public HubModel convert(String value) {
      return HubModel.parse(value);
    }
  }
}
