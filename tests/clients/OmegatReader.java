// Loads glossary files with OmegaT's own readers, as a project of the given languages would.
// Arguments, three by three: source language, target language, file. Output: one JSON array a line,
// [file, source term, target term, comment, ...], for every entry a reader returns; UTF-8.

import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.List;
import org.omegat.core.Core;
import org.omegat.core.data.IProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderCSV;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.gui.glossary.GlossaryReaderTSV;

public class OmegatReader {
    static PrintStream out;

    static void open(File place, String source, String target) throws Exception {
        ProjectProperties properties = new ProjectProperties(place);
        properties.setSourceLanguage(source);
        properties.setTargetLanguage(target);
        IProject project = (IProject) Proxy.newProxyInstance(
            OmegatReader.class.getClassLoader(), new Class<?>[] {IProject.class},
            (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "getProjectProperties": return properties;
                    case "isProjectLoaded": return true;
                    default: throw new UnsupportedOperationException(method.getName());
                }
            });
        Core.setProject(project);
    }

    static List<GlossaryEntry> read(File file) throws Exception {
        String name = file.getName().toLowerCase();
        if (name.endsWith(".tbx")) return GlossaryReaderTBX.read(file, false);
        if (name.endsWith(".csv")) return GlossaryReaderCSV.read(file, false);
        return GlossaryReaderTSV.read(file, false);
    }

    static String quoted(String text) {
        StringBuilder made = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            if (each == '"' || each == '\\') made.append('\\').append(each);
            else if (each < 0x20 || each >= 0x7f) made.append(String.format("\\u%04x", (int) each));
            else made.append(each);
        }
        return made.append('"').toString();
    }

    static void show(File file, GlossaryEntry entry) {
        String[] targets = entry.getLocTerms(false);
        String[] comments = entry.getComments();
        for (int i = 0; i < targets.length; i++) {
            String comment = i < comments.length && comments[i] != null ? comments[i] : "";
            out.println("[" + quoted(file.getPath()) + "," + quoted(entry.getSrcText()) + ","
                + quoted(targets[i]) + "," + quoted(comment) + "]");
        }
    }

    public static void main(String[] arguments) throws Exception {
        out = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err);
        File place = new File(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i + 2 < arguments.length; i += 3) {
            open(place, arguments[i], arguments[i + 1]);
            File file = new File(arguments[i + 2]);
            for (GlossaryEntry entry : read(file)) show(file, entry);
        }
        System.exit(0);
    }
}
