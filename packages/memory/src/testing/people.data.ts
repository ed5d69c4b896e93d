/** Common names in the order of how common they are, and what others are put together from. */
export const GIVEN_NAMES: readonly string[] =
  `James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard
  Susan Joseph Jessica Thomas Sarah Christopher Karen Charles Lisa Daniel Nancy Matthew Sandra
  Anthony Betty Mark Ashley Donald Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle
  Kenneth Carol Kevin Amanda Brian Melissa Timothy Deborah Ronald Stephanie Jason Rebecca George
  Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Nicholas Kathleen Gary Angela Eric
  Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha
  Benjamin Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet
  Raymond Maria Jack Olivia Dennis Heather Jerry Helen Tyler Catherine Aaron Diane Jose Julie Adam
  Victoria Nathan Joyce Henry Lauren Zachary Kelly Douglas Christina Peter Ruth Kyle Joan Noah
  Virginia Ethan Judith Jeremy Evelyn Christian Hannah Walter Andrea Keith Megan Austin Cheryl Roger
  Jacqueline Terry Madison Sean Teresa Gerald Abigail Carl Sophia Dylan Martha Harold Sara Jordan
  Gloria Jesse Janice Bryan Kathryn Lawrence Ann Arthur Isabella Gabriel Judy Bruce Charlotte Logan
  Julia Billy Grace Joe Amber Alan Alice Juan Jean Elijah Denise Willie Frances Albert Danielle
  Wayne Marilyn Randy Natalie Mason Beverly Vincent Diana Liam Brittany Roy Theresa Bobby Kayla
  Caleb Alexis Bradley Doris Russell Lori Lucas Tiffany Ingrid Yusuf Amina Wei Mei Hiroshi Yuki
  Dmitri Olga Fatima Omar Priya Arjun Lakshmi Chidi Ngozi Kwame Ama Mateo Lucia Diego Carmen
  Pierre Amelie Luc Celine Hans Greta Klaus Heidi Lars Astrid Sven Freya Marek Zofia Pavel Jana`.split(
    /\s+/,
  );

export const SURNAMES: readonly string[] =
  `Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez
  Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris
  Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill
  Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans
  Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez
  Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks
  Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long
  Ross Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes
  Fisher Vasquez Simmons Graham Murray Ford Castro Marshall Owens Harrison Fernandez McDonald Woods
  Washington Kennedy Wells Vargas Henry Freeman Webb Tucker Guzman Burns Crawford Olson Simpson
  Porter Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner
  Black Robertson Boyd Rose Stone Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson
  Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley Spencer Hawkins Arnold Pierce
  Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong Hudson Carroll Lane
  Okafor Yamamoto Ivanov Kowalski Novak Larsen Becker Hoffmann Dubois Moreau Rossi Bianchi Khan`.split(
    /\s+/,
  );

export const SURNAME_BEGINNINGS: readonly string[] =
  `Ash Beck Black Brad Brent Burn Cald Chad Cole Crom Dal East Ell Fair Farn Glad Good Green Hal
  Hart Hather Hazel Holl Kings Lang Lin Lock Mal Mar Mill Nor Oak Pem Pres Rad Red Rock Rush Sher
  Stan Stock Sut Thorn Til Wake Wal Wes Whit Wil Win Wood Wor`.split(/\s+/);

export const SURNAME_ENDINGS: readonly string[] =
  `bridge brook burn bury by combe cott croft dale den er field ford gate grave ham hurst ings land
  ley low man mere more ner ridge sby sell shaw son stead ster stock ton tree vale ward well wick
  wood worth`.split(/\s+/);

export const CITIES: readonly string[] =
  `Lanton Marwick Port~Ellis Greyhaven Stonebridge Northam Eastleigh Harrow~Bay Kingsmere Fallbrook
  Windham Oakridge Silverton Millbrook Westport Ashford Brightwater Clearwell Dunmore Elmsworth
  Foxley Glenview Hillcrest Ironbridge Juniper Kirkby Lakeside Maplewood Newbury Otterburn Pinehurst
  Queensferry Redcliff Saltash Thornbury Underhill Valemont Whitby Yarrow Zennor`
    .split(/\s+/)
    .map((name) => name.replace('~', ' '));

export const STREETS: readonly string[] =
  `High Station Church Park Mill Green Main Victoria School North South East West Queen King Albert
  Grove Manor Springfield York Chapel New George Windsor Alexandra Garden Oak Elm Cedar Maple Willow
  Chestnut Hawthorn Birch Lime Meadow River Lake Hill Valley Bridge Ferry Harbour Castle Abbey Priory
  Market Orchard Rose Holly Juniper Linden Poplar Sycamore Nelson Wellington Cromwell Milton Byron
  Shelley Keats Tennyson Darwin Newton Faraday Brunel Telford Watt Cook Drake Raleigh`.split(/\s+/);

export const STREET_ENDINGS: readonly string[] = 'Street Road Avenue Lane Drive Close'.split(' ');

export const SHORT_NAMES: Readonly<Record<string, string>> = {
  Robert: 'Bob',
  William: 'Bill',
  Richard: 'Rick',
  Elizabeth: 'Liz',
  Margaret: 'Peggy',
  Michael: 'Mike',
  Jennifer: 'Jen',
  Katherine: 'Kate',
  Christopher: 'Chris',
  Thomas: 'Tom',
  James: 'Jim',
  Patricia: 'Pat',
  Samuel: 'Sam',
  Deborah: 'Debbie',
  Edward: 'Ted',
  Daniel: 'Dan',
  Benjamin: 'Ben',
  Stephanie: 'Steph',
};
