package org.pmf4j.cli.option;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.setting.Kind;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * An option for each of some settings, under the name and with the help that the setting declares.
 * One that is true by default has an option that turns it off. For one thread at a time.
 */
@Command
public final class SettingOptions {
  private static final String OFF = "no-";

  private final Settings defaults;
  private final String whose;
  private final Map<String, String> told;
  private final Map<String, String> given = new LinkedHashMap<>();

  /**
   * Options.
   *
   * @param defaults all settings, with what they are where they are not given
   */
  public SettingOptions(Settings defaults) {
    this(defaults, Map.of());
  }

  /**
   * Options of one of several things that may be chosen, whose defaults hold for it alone.
   *
   * @param name what it is called, which the help says before a default
   * @param defaults all settings, with what they are where they are not given
   */
  public static SettingOptions of(String name, Settings defaults) {
    return new SettingOptions(defaults, name, Map.of());
  }

  /**
   * Options, some of whose defaults depend on others.
   *
   * @param defaults all settings, with what they are where they are not given
   * @param told by name, what the help says in place of a default
   */
  SettingOptions(Settings defaults, Map<String, String> told) {
    this(defaults, "default", told);
  }

  private SettingOptions(Settings defaults, String whose, Map<String, String> told) {
    this.defaults = defaults;
    this.whose = whose;
    this.told = told;
  }

  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec command) {
    defaults.declared().forEach(s -> command.addOption(option(s)));
  }

  private OptionSpec option(Setting<?> setting) {
    String name = setting.name();
    Object standard = defaults.toMap().get(name);
    if (setting.kind() instanceof Kind.Truth) {
      boolean on = Boolean.TRUE.equals(standard);
      return OptionSpec.builder("--" + (on ? OFF + name : name))
          .arity("0")
          .type(boolean.class)
          .description(on ? "do not " + setting.help() : setting.help())
          .setter(keep(name, on ? "false" : "true"))
          .build();
    }
    return OptionSpec.builder("--" + name)
        .type(String.class)
        .paramLabel(label(setting.kind()))
        .description(
            String.format(
                Locale.ROOT,
                "%s (%s: %s)",
                setting.help(),
                whose,
                told.getOrDefault(name, standard.toString())))
        .setter(keep(name, null))
        .build();
  }

  /** The parser sets null, or false for a word that may stand alone, before it reads the words. */
  private ISetter keep(String name, String flag) {
    return new ISetter() {
      @Override
      public <T> T set(T value) {
        if (value == null || Boolean.FALSE.equals(value)) {
          given.remove(name);
        } else {
          given.put(name, flag == null ? value.toString() : flag);
        }
        return null;
      }
    };
  }

  private static String label(Kind<?> kind) {
    if (kind instanceof Kind.Real) {
      return "X";
    }
    return kind instanceof Kind.Whole || kind instanceof Kind.Long64 ? "N" : "NAME";
  }

  /**
   * The settings.
   *
   * @throws org.pmf4j.api.error.PmfException naming the option whose value is out of range
   */
  public Settings settings() {
    return defaults.with(given);
  }

  /** The text that was given for a setting, not checked. */
  public Optional<String> given(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting.name()));
  }

  /** True if a value was given for the setting. */
  public boolean has(Setting<?> setting) {
    return given.containsKey(setting.name());
  }
}
