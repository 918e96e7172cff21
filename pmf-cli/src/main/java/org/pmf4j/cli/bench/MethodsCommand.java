package org.pmf4j.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.methods.BenchFolder;
import org.pmf4j.bench.methods.MethodsBench;
import org.pmf4j.bench.methods.plan.Ablations;
import org.pmf4j.bench.methods.plan.Changes;
import org.pmf4j.bench.methods.plan.Entry;
import org.pmf4j.bench.methods.plan.EntryList;
import org.pmf4j.bench.methods.plan.Expansion;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.report.MethodsReport;
import org.pmf4j.bench.methods.result.Comparison;
import org.pmf4j.bench.methods.result.Figures;
import org.pmf4j.bench.methods.result.Outcome;
import org.pmf4j.bench.methods.work.InspectTask;
import org.pmf4j.bench.process.ChildJvm;
import org.pmf4j.bench.report.Result;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.TrainingOptions;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.TrainSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pmf bench methods}. */
@Command(
    name = "methods",
    description = {
      "Trains fusion methods on your data over several seeds, and compares what they reach and cost.",
      "",
      "Each training and each evaluation is a process of its own, whose memory is measured. What is"
          + " done is kept in --out: the same command goes on where it was stopped, and measures"
          + " what failed once more. It ends in a table, methods.json and methods.html."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf bench methods --data train.csv --validation val.csv --encoder image=vit \\",
      "      --encoder text=bert --methods pmf,linear-probe,late-concat --out comparison",
      "  pmf bench methods --config bench.yaml --seeds 0,1,2,3,4 --out comparison",
      "",
      "where bench.yaml holds options by their names, and variants in full:",
      "  data: train.csv",
      "  validation: val.csv",
      "  encoder:",
      "    image: vit",
      "    text: bert",
      "  variants:",
      "    - method: pmf",
      "    - name: pmf, wide mappings",
      "      method: pmf",
      "      settings: {mapping-width: 256}",
      "      training: {epochs: 20, learning-rate: 0.001}",
      "    - method: linear-probe",
      "      encoders: each"
    })
final class MethodsCommand implements Callable<Integer> {
  private static final int SEEDS = 3;

  private final Console console;

  @Spec private CommandSpec spec;

  @Mixin private SetupOptions setup = new SetupOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder for what is measured and the report")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with these options by name; options given here win over it")
  @SuppressWarnings("unused") // ConfigFile has put the file's options in its place
  private Path config;

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      description =
          "fusion methods, of those that 'pmf plugins' lists (default: pmf,linear-probe);"
              + " linear-probe and unimodal have a row for each encoder")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--variants",
      paramLabel = "FILE",
      converter = Yaml.class,
      description =
          "YAML list of variants in full, beside --methods: method, and where they are wanted name,"
              + " encoders (all, each, or a list), settings, training, cache (true or false)")
  private JsonNode variants;

  @Option(names = "--ablations", description = "add the ablations of the paper for pmf")
  private boolean ablations;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      description = "seeds (default: three, from --seed on)")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "METHOD.KEY=VALUE",
      description = "a setting of a method, such as pmf.fusion-layers=3")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--training",
      paramLabel = "METHOD.KEY=VALUE",
      description =
          "a setting of training for one method, such as pmf.epochs=20; full.KEY=VALUE for all that"
              + " train the encoders themselves, such as full.encoder-learning-rate=0.00002")
  private Map<String, String> trainings = new LinkedHashMap<>();

  @Mixin private TrainingOptions training = new TrainingOptions(TrainSettings.DEFAULT);

  @Option(names = "--keep-models", description = "keep what was trained, in --out")
  private boolean keepModels;

  @Option(names = "--overwrite", description = "measure anew what --out holds already")
  private boolean overwrite;

  MethodsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TrainSettings base = training.settings(Metric.usual(setup.task()));
    List<Long> all = seeds(base.seed());
    List<Variant> plan = new ArrayList<>();
    try (PluginRegistry plugins = setup.plugins()) {
      Changes changes = new Changes(settings, trainings);
      plan.addAll(
          new Expansion(plugins.fusionMethods(), setup.shapes(plugins), base, changes)
              .of(entries()));
    }
    setup.check();
    return FolderLock.holding(out, () -> run(base, all, plan));
  }

  private int run(TrainSettings base, List<Long> all, List<Variant> plan) {
    BenchFolder folder =
        BenchFolder.claim(
            out, overwrite ? BenchFolder.Existing.OVERWRITE : BenchFolder.Existing.CONTINUE);
    MethodsBench bench =
        new MethodsBench(
            setup.setup(),
            folder,
            keepModels ? MethodsBench.Models.KEPT : MethodsBench.Models.DELETED,
            ChildJvm.likeThis(),
            console.progress());
    InspectTask.Subject subject = bench.inspect();
    if (ablations) {
      Map<String, Integer> depths = new LinkedHashMap<>();
      subject.encoders().forEach((name, e) -> depths.put(name, e.depth()));
      plan.addAll(Ablations.of(plan, depths).variants());
      Expansion.requireDifferent(plan);
    }
    Metric metric = Metric.named(base.metric());
    Comparison compared = new Comparison(subject, plan, all);
    Outcome outcome = bench.run(compared, new CellLines(console.out(), metric.key()));
    List<String> words = spec.root().commandLine().getParseResult().originalArgs();
    Provenance origin = Provenance.now(words, List.of(subject.engine()));
    Figures figures = Figures.of(origin, setup.setup(), compared, metric, outcome);
    Result files = Result.in(out, "methods");
    files.write(figures, MethodsReport.of(figures), origin);
    MethodsTable.print(figures, files, console.out());
    return figures.failures() == 0 ? 0 : 1;
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    List<String> named =
        methods.isEmpty() && variants == null ? List.of("pmf", "linear-probe") : methods;
    named.forEach(m -> entries.add(Entry.of(m)));
    if (variants != null) {
      entries.addAll(EntryList.of(variants));
    }
    return setup.cached() ? entries : entries.stream().map(Entry::withoutCache).toList();
  }

  private List<Long> seeds(long first) {
    List<Long> all = new ArrayList<>(new LinkedHashSet<>(seeds));
    if (all.size() != seeds.size()) {
      throw PmfException.usage("--seeds names a seed twice: " + seeds);
    }
    for (long s = first; seeds.isEmpty() && s < first + SEEDS; s++) {
      all.add(s);
    }
    return all;
  }
}
