/**
 * Names that are frequent in many countries, without accents: enough to know a column of names by.
 * Whether one name is in the list says nothing.
 */
export const FREQUENT_GIVEN_NAMES: ReadonlySet<string> = new Set(
  `adam adrian agnieszka alan alejandro alessandro alex alexander alexandra alfred ali alice amanda amelia amy ana
  andrea andreas andres andrew angela anna anne anthony antonio ashley barbara beatriz ben benjamin bernd brian
  bruno carlos carmen carol caroline catherine charles charlotte chloe chris christian christina christine
  christopher claire claudia daniel david deborah dennis diana diego dmitri dominik donna dorothy dylan edward elena
  eliza elizabeth ella emily emma eric erik ethan eva fatima felix fernando finn francesca francesco francisco frank
  gabriel gary georg george georgia giovanni giulia grace hannah hans harry heather helen henry holly hugo ines isabel
  isabella ivan jack jacob james jan jane jason javier jean jennifer jessica jesus joan joao johan johann john jonas
  jonathan jordan jorge jose joseph joshua juan julia julian julie karen katarzyna kate katharina katherine kathleen
  kevin kim klaus krzysztof lachlan larry laura lauren lea leon leonie liam linda lisa louis lucas lucia lucy luis
  lukas luke madison manuel marco margaret maria marie mario mark markus marta martin martina mary matteo matthew
  matthias max maximilian megan mehmet melissa mia michael michal michelle miguel mohamed mohammed monika mustafa nancy
  natalia nathan nicholas nicola nicolas nicole nikolai noah olga oliver olivia oscar pablo pamela patricia patrick
  paul paula paulo pedro peter petra philip philipp pierre piotr rachel rebecca renate ricardo richard robert roberto
  ronald rosa ruby ruth ryan sabine samantha samuel sandra sara sarah scott sebastian sergei sergio sharon simon
  sofia sophia sophie stefan stephanie stephen steven susan susanne svetlana tatiana teresa theresa thomas timothy tom
  tomasz uwe valentina veronica victor victoria vincent vladimir walter wei werner william wolfgang yusuf zachary zoe
  александр алексеи андреи анна артем владимир дмитрии екатерина елена иван ирина мария михаил наталья никита
  николаи ольга сергеи светлана татьяна юлия`.split(/\s+/),
);

/** The same of surnames. */
export const FREQUENT_SURNAMES: ReadonlySet<string> = new Set(
  `adams ahmed alexander ali allen anderson andersson bailey baker barnes bauer becker bell bennett berg bernard braun
  brooks brown bruno butler campbell carter castro chan chen clark clarke collins cook cooper costa cox cruz da davies
  davis diaz dubois dupont durand edwards evans fernandes fernandez ferrari ferreira fischer fisher flores ford fox
  garcia gomes gomez gonzalez graham gray green griffin gruber hall hansen harris harrison hernandez hill hoffmann
  howard huang huber hughes hunt hunter ivanov jackson jansen janssen jensen jimenez johansson johnson jones kelly
  kennedy khan kim king klein knight koch kowalski kowalska kuznetsov larsen laurent le lee leroy lewandowski lewis li lin
  liu long lopez marshall martin martinez mason matthews mayer mcdonald meier meyer miller mills mitchell moore morales moreau
  morgan moreno morris muller munoz murphy murray myers nelson neumann nguyen nielsen nowak oliveira olsen olsson ortiz
  owen palmer park parker patel pereira perez peters petersen peterson petit petrov phillips popov price ramirez ramos
  reed reid reyes reynolds ricci richards richardson richter rivera roberts robertson robinson rodrigues rodriguez
  rogers romano ross rossi roux ruiz russell russo ryan sanchez sanders santos schafer schmid schmidt schmitt schneider schroder
  schulz schwarz scott shaw silva simmons simon simpson singh smirnov smith sokolov sousa stevens stewart sullivan
  suzuki svensson tan tanaka taylor thomas thompson torres tran turner vargas vazquez visser wagner walker wallace wang
  ward watson weber webb wells west white wilson winkler wolf wong wood wright wu yang yilmaz young zhang zhou zimmermann
  иванов иванова козлов козлова кузнецов кузнецова лебедев лебедева морозов морозова новиков новикова петров петрова
  попов попова смирнов смирнова соколов соколова`.split(/\s+/),
);
