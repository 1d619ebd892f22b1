import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files with veraPDF: {@code java -cp JAR PdfCheck.java ua1,3a FILE...}
 *
 * <p>A file is held to the flavours asked for and to those that it claims in its own metadata, so a false claim is
 * found even when nobody asks. Status 0: all comply; 1: a rule is broken; 2: nothing could be judged.
 *
 * <p>veraPDF has no command line in the jar used here, and the XML binding that would read its profiles is stripped
 * from it; that is the only reason why they are read by hand.
 */
public class PdfCheck {
  private static final int SHOWN_PER_RULE = 3;

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("usage: PdfCheck FLAVOUR[,FLAVOUR] FILE...");
      System.exit(2);
    }
    Logger.getLogger("").setLevel(Level.SEVERE);
    VeraGreenfieldFoundryProvider.initialise();
    boolean complies = true;
    try {
      for (String file : List.of(arguments).subList(1, arguments.length)) {
        Set<PDFAFlavour> flavours = claimed(file);
        for (String name : arguments[0].split(",")) {
          flavours.add(PDFAFlavour.fromString(name));
        }
        flavours.remove(PDFAFlavour.NO_FLAVOUR);
        if (flavours.isEmpty()) {
          throw new IllegalArgumentException("no flavour in " + arguments[0]);
        }
        for (PDFAFlavour flavour : flavours) {
          complies &= judge(file, flavour);
        }
      }
    } catch (Exception failure) {
      System.err.println("cannot judge: " + failure);
      System.exit(2);
    }
    System.exit(complies ? 0 : 1);
  }

  private static Set<PDFAFlavour> claimed(String file) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file))) {
      return new LinkedHashSet<>(parser.getFlavours());
    }
  }

  private static boolean judge(String file, PDFAFlavour flavour) throws Exception {
    ValidationProfile profile = profile(flavour);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(profile, SHOWN_PER_RULE, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      Map<String, String> broken = new LinkedHashMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause() + " test " + assertion.getRuleId().getTestNumber();
          broken.putIfAbsent(rule, assertion.getMessage() + " at " + assertion.getLocation().getContext());
        }
      }
      // A validator that has asserted nothing has not looked.
      boolean looked = result.getTotalAssertions() > 0;
      boolean complies = result.isCompliant() && looked;
      System.out.printf("%s %s %s: %d rules, %d assertions%n", complies ? "PASS" : "FAIL", flavour.getId(), file,
          profile.getRules().size(), result.getTotalAssertions());
      broken.forEach((rule, message) -> System.out.println("  " + rule + ": " + message));
      return complies;
    }
  }

  private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    String id = flavour.getId();
    String name = switch (id) {
      case "ua1" -> "PDFUA-1";
      case "ua2" -> "PDFUA-2-ISO32005";
      default -> "PDFA-" + id.toUpperCase();
    };
    Element root;
    try (InputStream xml = PdfCheck.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
      root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
    }
    Set<Rule> rules = new LinkedHashSet<>();
    for (Element rule : elements(root, "rule")) {
      rules.add(rule(rule));
    }
    Set<Variable> variables = new LinkedHashSet<>();
    for (Element variable : elements(root, "variable")) {
      variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
          text(variable, "defaultValue"), text(variable, "value")));
    }
    return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)),
        "", rules, variables);
  }

  private static Rule rule(Element rule) {
    Element id = elements(rule, "id").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element argument : elements(rule, "argument")) {
      arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), attribute(argument, "name"), null));
    }
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        rule.getAttribute("deferred").equals("true") ? Boolean.TRUE : null,
        attribute(rule, "tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(rule, "message"), arguments),
        List.of());
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(at -> (Element) found.item(at)).toList();
  }

  private static String text(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? null : found.get(0).getTextContent();
  }

  private static String attribute(Element element, String name) {
    return element.hasAttribute(name) ? element.getAttribute(name) : null;
  }
}
