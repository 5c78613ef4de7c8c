"""``classifier split``: pages in, threads out."""

from classifier.cli.inputs import InputLog
from classifier.cli.options import Inputs, Models
from classifier.cli.output import STANDARD_OUTPUT, whole_file, write_line
from classifier.cli.progress import progress
from classifier.cli.reading_options import ReadingOptions, with_reading_options


@with_reading_options
def split_command(inputs: Inputs, *, reading: ReadingOptions, models: Models = None) -> None:
    """Tell articles from replies and quotes from own words.

    Prints one thread a line as JSON.
    """
    log = InputLog()
    with (
        whole_file(STANDARD_OUTPUT) as stream,
        progress("inputs", total=len(inputs), beside_output=True) as advance,
    ):

        def split_input(source: str) -> None:
            for thread in reading.threads(source, models=models, notify=log.notify):
                write_line(stream, thread.to_json())

        log.each(inputs, split_input, advance=advance)
    log.end()
