package dev.terrain.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command and all of its subcommands, in the macros of {@code man(7)}. */
final class ManPage {
  private final CommandSpec root;
  private final StringBuilder roff = new StringBuilder();

  ManPage(CommandSpec root) {
    this.root = root;
  }

  String text() {
    macro("TH", root.name().toUpperCase(Locale.ROOT), "1", "", root.version()[0], "");
    macro("SH", "NAME");
    line(root.name() + " - " + description(root.usageMessage().description()));
    macro("SH", "SYNOPSIS");
    line(synopsis(root));
    macro("SH", "DESCRIPTION");
    line("Data goes to standard output, everything else to standard error.");
    arguments(root);
    macro("SH", "COMMANDS");
    commands(root);
    macro("SH", "EXIT STATUS");
    for (Map.Entry<String, String> code : root.usageMessage().exitCodeList().entrySet()) {
      tagged(code.getKey().strip(), code.getValue());
    }
    macro("SH", "ENVIRONMENT");
    tagged("TERRAIN_JAVA_OPTS", "Options of the Java virtual machine, such as -Xmx8g.");
    tagged("TERRAIN_PLUGINS", "Folder of plugins where --plugins names none.");
    tagged("NO_COLOR", "If set, nothing is printed in colours.");
    return roff.toString();
  }

  private void commands(CommandSpec parent) {
    parent
        .subcommands()
        .values()
        .forEach(
            subcommand -> {
              CommandSpec spec = subcommand.getCommandSpec();
              if (!spec.usageMessage().hidden()) {
                macro("SS", spec.qualifiedName());
                line(synopsis(spec));
                macro("PP");
                line(description(spec.usageMessage().description()));
                arguments(spec);
                commands(spec);
              }
            });
  }

  private void arguments(CommandSpec spec) {
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (!parameter.hidden()) {
        tagged(parameter.paramLabel(), description(parameter));
      }
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.inherited()) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        tagged(String.join(", ", option.names()) + label, description(option));
      }
    }
  }

  private static String synopsis(CommandSpec spec) {
    return new Help(spec, Help.defaultColorScheme(Ansi.OFF))
        .synopsis(0)
        .strip()
        .replaceAll("\\s+", " ");
  }

  private static String description(ArgSpec argument) {
    return description(argument.description());
  }

  private static String description(String... lines) {
    return List.of(lines).stream()
        .map(text -> Ansi.OFF.string(text.formatted()))
        .collect(Collectors.joining(" "));
  }

  /** A paragraph with a tag that hangs. */
  private void tagged(String tag, String text) {
    macro("TP");
    roff.append(".B ").append(escape(tag)).append('\n');
    line(text);
  }

  private void line(String text) {
    String escaped = escape(text);
    // At the beginning of a line these would be requests.
    roff.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
        .append(escaped)
        .append('\n');
  }

  private void macro(String name, String... arguments) {
    roff.append('.').append(name);
    for (String argument : arguments) {
      roff.append(" \"").append(escape(argument).replace("\"", "\\(dq")).append('"');
    }
    roff.append('\n');
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                default ->
                    escaped.append(c < 128 ? Character.toString(c) : "\\[u%04X]".formatted(c));
              }
            });
    return escaped.toString();
  }
}
