package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.OwnEncoders;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.pretrain.PretrainJob;
import org.pmf4j.core.progress.Progress;

/**
 * Makes the encoders of a run that are made of columns of its training rows, before it is planned.
 * Scales and known values are those of the training rows; validation rows choose the epoch. Several
 * threads may use it at once.
 */
public final class RowEncoders {
  private final PluginRegistry plugins;
  private final RunPlanner planner;
  private final PretrainJob pretraining;
  private final TableFormats formats;

  /** Encoders on one backend. */
  @Inject
  public RowEncoders(
      PluginRegistry plugins, RunPlanner planner, PretrainJob pretraining, TableFormats formats) {
    this.plugins = plugins;
    this.planner = planner;
    this.pretraining = pretraining;
    this.formats = formats;
  }

  /**
   * Makes those that are missing, and finds those that the run gone on with has made. All tables
   * and settings are checked before.
   *
   * @param folder of the model, which keeps them
   * @return the run with their directories
   * @throws PmfException as training does, for a modality that does not read rows, or a column that
   *     cannot be learnt of
   */
  TrainConfig made(
      TrainConfig config, RunFolder folder, Progress progress, EncoderMaking listener) {
    if (config.madeEncoders().isEmpty()) {
      return config;
    }
    Named<Modality> modalities = modalities(config);
    Map<String, EncoderShape> shapes = new LinkedHashMap<>();
    planner.existing(config).asMap().forEach((name, e) -> shapes.put(name, e.shape()));
    RunData data = RunData.read(config, formats, modalities, progress);
    RowEncoderDefaults defaults = RowEncoderDefaults.of(data.training().size());
    config.madeEncoders().forEach(name -> shapes.put(name, defaults.shape()));
    FusionMethod method = plugins.fusionMethods().get(config.method());
    PlannedMethod.of(method, MethodSettings.of(config, method), Named.of(shapes))
        .requireIn(data.all());
    Map<String, Path> made = new LinkedHashMap<>();
    for (String name : config.madeEncoders()) {
      Path place = place(new OwnEncoders(folder.directory()), name, config.existing());
      String modelType = modalities.get(name).pretraining().orElseThrow().modelType();
      PretrainConfig how = defaults.config(config, name, modelType, data.task(), place);
      make(how, data, progress, listener);
      made.put(name, place);
    }
    return config.withMade(made);
  }

  /**
   * What reads the cells of all encoders, those that are to be made too.
   *
   * @throws PmfException for an encoder that cannot be read, or a modality that does not read rows
   */
  Named<Modality> modalities(TrainConfig config) {
    Map<String, Modality> modalities = new LinkedHashMap<>();
    planner
        .existing(config)
        .asMap()
        .forEach((name, e) -> modalities.put(name, e.spec().modality()));
    config.madeEncoders().forEach(name -> modalities.put(name, modality(name)));
    return Named.of(modalities);
  }

  private Modality modality(String name) {
    Modality modality = plugins.modalities().get(name);
    if (!modality.readsRows() || modality.pretraining().isEmpty()) {
      throw PmfException.usage(
          "encoder "
              + Quote.name(name)
              + " has no directory; training makes encoders of columns alone, such as tabular");
    }
    return modality;
  }

  private static Path place(OwnEncoders own, String name, TrainConfig.Existing existing) {
    return switch (existing) {
      case REFUSE -> own.fresh(name);
      case RESUME -> own.resumed(name);
      case OVERWRITE -> own.replacing(name);
    };
  }

  private void make(PretrainConfig how, RunData data, Progress progress, EncoderMaking listener) {
    String name = how.modality();
    List<Example> training = having(name, data.training());
    Task task = Task.of(data.task().kind(), training);
    Optional<List<Example>> validation =
        data.validation()
            .map(rows -> having(name, rows).stream().filter(e -> known(task, e)).toList())
            .filter(rows -> !rows.isEmpty());
    try {
      listener.ended(
          pretraining.run(
              how, training, validation, progress, listener.begins(how, training.size())));
    } catch (PmfException e) {
      throw e.kind() == ErrorKind.INPUT && e.getMessage().startsWith("column ")
          ? PmfException.input(String.format(Locale.ROOT, "%s, %s", how.data(), e.getMessage()), e)
          : e;
    }
  }

  private static List<Example> having(String modality, List<Example> rows) {
    return rows.stream().filter(row -> row.source(modality).isPresent()).toList();
  }

  private static boolean known(Task task, Example row) {
    return task.unknown(row).isEmpty();
  }
}
